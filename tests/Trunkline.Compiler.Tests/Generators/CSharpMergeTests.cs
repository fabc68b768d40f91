using Google.Protobuf;
using Google.Protobuf.Reflection;
using Trunkline.Harness.Peers;

namespace Trunkline.Compiler.Tests.Generators;

/// <summary>Merging follows the wire: two messages merged are what their bytes, one after the other, parse to.</summary>
public class CSharpMergeTests
{
    private static readonly string[] Parts =
    [
        "{}", """{"name":"a","i32":1,"optInt":0,"ints":[1],"counts":{"a":1},"sv":"x","iv":3,"self":{"i32":1}}""",
        """{"name":"b","i64":"2","optName":"","ints":[2],"counts":{"a":2,"b":1},"sv":"","iv":0,"self":{"i64":"2"}}""",
        """{"cThing":{"i32":1}}""", """{"cThing":{"i64":"2"}}""", """{"cInt":4}""", """{"cWrap":"w"}""", """{"cTs":"1970-01-01T00:00:01Z"}""",
    ];

    [ProtocFact]
    public void MergeFromMessage_IsMergeOfBytes()
    {
        var type = ThingType();
        foreach (var first in Parts)
        {
            foreach (var second in Parts)
            {
                var merged = JsonParser.Default.Parse(first, type);
                var other = JsonParser.Default.Parse(second, type);
                byte[] bytes = [.. merged.ToByteArray(), .. other.ToByteArray()];
                merged.GetType().GetMethod("MergeFrom", [merged.GetType()])!.Invoke(merged, [other]);
                Assert.Equal(type.Parser.ParseFrom(bytes), merged);
            }
        }
    }

    [ProtocFact]
    public void Clone_IsDeepAndEqual()
    {
        var type = ThingType();
        foreach (var json in Parts)
        {
            var message = JsonParser.Default.Parse(json, type);
            var clone = (IMessage)message.GetType().GetMethod("Clone")!.Invoke(message, null)!;
            Assert.Equal(message, clone);
            var before = message.ToByteArray();
            clone.MergeFrom(JsonParser.Default.Parse(Parts[1], type).ToByteArray());
            clone.MergeFrom(JsonParser.Default.Parse(Parts[3], type).ToByteArray());
            Assert.Equal(before, message.ToByteArray());
        }
    }

    private static MessageDescriptor ThingType()
    {
        var assembly = GeneratedCode.Compile(GeneratedCode.Sources(new CSharpGenerator(), "every_shape.proto", "other.proto"));
        return (MessageDescriptor)assembly.GetType("My.Pkg.V1.Thing")!.GetProperty("Descriptor")!.GetValue(null)!;
    }
}
