using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Trunkline.Harness.Peers;

namespace Trunkline.Compiler.Tests.Generators;

public class CSharpGeneratorTests
{
    private static readonly string[] AllFiles = ["every_shape.proto", "other.proto", "no-package.proto", "only_enum.v1.proto", "odd_names.proto"];

    [ProtocFact]
    public void PublicApi_OfEveryShape_IsThatOfProtoc() =>
        AssertSameApi("every_shape.proto", "other.proto", "no-package.proto", "only_enum.v1.proto");

    [ProtocFact]
    public void EmbeddedDescriptor_IsThatOfProtoc()
    {
        var ours = GeneratedCode.FileDescriptors(GeneratedCode.Compile(GeneratedCode.Sources(new CSharpGenerator(), "every_shape.proto", "other.proto")));
        var theirs = GeneratedCode.FileDescriptors(GeneratedCode.Compile(GeneratedCode.ProtocSources("every_shape.proto", "other.proto")));
        Assert.Equal(["every_shape.proto", "other.proto"], ours.Keys.Order(StringComparer.Ordinal));
        Assert.All(theirs, pair => Assert.Equal(pair.Value.SerializedData, ours[pair.Key].SerializedData));
    }

    [ProtocFact]
    public void Messages_OfEveryShape_GoBothWaysThroughProtocs()
    {
        var ours = GeneratedCode.FileDescriptors(GeneratedCode.Compile(GeneratedCode.Sources(new CSharpGenerator(), "every_shape.proto", "other.proto")))["every_shape.proto"];
        var theirs = GeneratedCode.FileDescriptors(GeneratedCode.Compile(GeneratedCode.ProtocSources("every_shape.proto", "other.proto")))["every_shape.proto"];
        var ourThing = ours.MessageTypes.Single(type => string.Equals(type.Name, "Thing", StringComparison.Ordinal));
        var theirThing = theirs.MessageTypes.Single(type => string.Equals(type.Name, "Thing", StringComparison.Ordinal));
        foreach (var json in SampleMessages)
        {
            var theirMessage = JsonParser.Default.Parse(json, theirThing);
            var bytes = theirMessage.ToByteArray();
            var message = ourThing.Parser.ParseFrom(bytes);
            Assert.Equal(bytes, message.ToByteArray());
            Assert.Equal(bytes.Length, message.CalculateSize());
            Assert.Equal(theirMessage.ToString(), message.ToString());
            Assert.Equal(message, JsonParser.Default.Parse(json, ourThing));
            Assert.Equal(message.GetHashCode(), JsonParser.Default.Parse(json, ourThing).GetHashCode());
            Assert.Equal(message, ourThing.Parser.ParseFrom(new CodedInputStream(bytes)));
        }
    }

    [ProtocFact]
    public void OddNames_Compile()
    {
        // protoc's own output for these names does not compile, so there is nothing to compare with.
        var types = GeneratedCode.Compile(GeneratedCode.Sources(new CSharpGenerator(), "odd_names.proto")).GetExportedTypes();
        var message = types.Single(type => string.Equals(type.Name, "string", StringComparison.Ordinal));
        Assert.Equal("OddNames.V1Beta1", message.Namespace);
        string[] properties = [.. message.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)];
        Assert.Equal(
            ["Class", "_2Nd", "AB", "HTTPServer", "ToString_", "Parser_", "Value", "Tag", "Input", "Size", "Hash", "Other", "Message", "Object", "Field12Name"],
            properties);
        var names = Enum.GetNames(types.Single(type => string.Equals(type.Name, "event", StringComparison.Ordinal)));
        Assert.Equal(["Double", "Event", "MixedCase", "Unspecified", "Unspecified_", "_4K"], names.Order(StringComparer.Ordinal));
    }

    [ProtocFact]
    public void Presence_PastThe32ndBit_IsKept()
    {
        var file = GeneratedCode.FileDescriptors(GeneratedCode.Compile(GeneratedCode.Sources(new CSharpGenerator(), "odd_names.proto")))["odd_names.proto"];
        var type = file.MessageTypes.Single(message => string.Equals(message.Name, "ManyOptionals", StringComparison.Ordinal));
        var set = JsonParser.Default.Parse("""{"a33":0,"a34":false}""", type);
        Assert.Equal(6, set.CalculateSize());
        Assert.True(type.FindFieldByName("a33").Accessor.HasValue(set));
        Assert.False(type.FindFieldByName("a01").Accessor.HasValue(set));
        type.FindFieldByName("a33").Accessor.Clear(set);
        Assert.Equal("""{ "a34": false }""", set.ToString());
        Assert.Equal(set, type.Parser.ParseFrom([]));
    }

    [ProtocFact]
    public void UnknownFields_SurviveTheRoundTrip()
    {
        var file = GeneratedCode.FileDescriptors(GeneratedCode.Compile(GeneratedCode.Sources(new CSharpGenerator(), "other.proto")))["other.proto"];
        byte[] bytes = [0x08, 0x01, 0xA0, 0x06, 0x07];
        var message = file.MessageTypes[0].Parser.ParseFrom(bytes);
        Assert.Equal(bytes, message.ToByteArray());
        Assert.NotEqual(message, file.MessageTypes[0].Parser.ParseFrom([0x08, 0x01]));
    }

    [ProtocFact]
    public void Comments_BecomeDocumentation()
    {
        var source = GeneratedCode.Sources(new CSharpGenerator(), "every_shape.proto").Single();
        Assert.Contains("/// how much &amp; &lt;why>", source, StringComparison.Ordinal);
        Assert.Contains("/// Second para &lt;x>.", source, StringComparison.Ordinal);
        Assert.Contains("/// second line", source, StringComparison.Ordinal);
        Assert.Contains("/// trailing", source, StringComparison.Ordinal);
    }

    [ProtocFact]
    public void InternalAccess_LeavesNothingPublic()
    {
        var result = GeneratedCode.Run(new CSharpGenerator(), "internal_access,serializable", "every_shape.proto", "other.proto");
        Assert.Empty(GeneratedCode.Compile([.. result.Files.Select(file => file.Content)]).GetExportedTypes());
    }

    [ProtocFact]
    public void BaseNamespaceAndFileExtension_DecideThePath()
    {
        Assert.Equal(["OnlyEnumV1.cs"], Paths(""));
        Assert.Equal(["EveryShape.g.cs"], Paths("file_extension=.g.cs", "every_shape.proto"));
        Assert.Equal(["My/Pkg/V1/EveryShape.cs"], Paths("base_namespace=", "every_shape.proto"));
        Assert.Equal(["Pkg/V1/EveryShape.cs"], Paths("base_namespace=My", "every_shape.proto"));
        var outside = GeneratedCode.Run(new CSharpGenerator(), "base_namespace=Mine", "every_shape.proto");
        Assert.Empty(outside.Files);
        Assert.Contains("base_namespace Mine", outside.Error, StringComparison.Ordinal);
    }

    [ProtocFact]
    public void UnknownOption_IsAnError()
    {
        var result = GeneratedCode.Run(new CSharpGenerator(), "no_such=1", "other.proto");
        Assert.Empty(result.Files);
        Assert.Contains("no_such", result.Error, StringComparison.Ordinal);
    }

    [ProtocFact]
    public void AllFiles_CompileTogether() => Assert.NotEmpty(GeneratedCode.Compile(GeneratedCode.Sources(new CSharpGenerator(), AllFiles)).GetExportedTypes());

    // Between them the samples set every field, each oneof field in turn, defaults with presence, and nothing at all.
    private static IEnumerable<string> SampleMessages =>
    [
        "{}",
        """
        {"name":"n","i32":-1,"i64":"-2","u32":3,"u64":"4","s32":-5,"s64":"-6","f32":7,"f64":"8","sf32":-9,"sf64":"-10","fl":1.5,"db":"NaN","bo":true,
         "by":"AQID","kind":"KIND_ONE","self":{"name":"inner"},"optName":"","optInt":0,"optKind":0,"optBytes":"","optThing":{},"names":["a",""],
         "ints":[1,-1,300],"unpacked":[1,2],"kinds":["KIND_2D",77],"things":[{},{"i32":1}],"blobs":["","AQ=="],"counts":{"a":1,"":0},
         "thingMap":{"1":{"name":"x"}},"kindMap":{"k":"KIND_2D"},"bb":{"true":"AQ=="},"ts":"2020-01-02T03:04:05Z","sv":"","iv":0,"bv":"AQ==",
         "svs":["a",""],"ivs":[0,1],"ivm":{"m":"5"},"far":{"a":1},
         "descriptor":"d","thing":"t","nested":{"inner":"B"},"deep":{"x":1},"ds":[1.5,"Infinity"],"optD":0,"odv":0,"types":"y","optB":false,"svm":{"a":""}}
        """,
        """{"cName":""}""", """{"cInt":0}""", """{"cThing":{"i32":5}}""", """{"cKind":"KIND_UNSPECIFIED"}""", """{"cBytes":""}""", """{"cWrap":""}""",
        """{"cTs":"1970-01-01T00:00:00Z"}""", """{"none":false}""",
    ];

    private static IEnumerable<string> Paths(string parameter, string file = "only_enum.v1.proto") =>
        GeneratedCode.Run(new CSharpGenerator(), parameter, file).Files.Select(item => item.Name);

    private static void AssertSameApi(params string[] files)
    {
        var ours = PublicApi.Of(GeneratedCode.Compile(GeneratedCode.Sources(new CSharpGenerator(), files)));
        var theirs = PublicApi.Of(GeneratedCode.Compile(GeneratedCode.ProtocSources(files)));
        Assert.Equal([], theirs.Except(ours, StringComparer.Ordinal));
        Assert.Equal([], ours.Except(theirs, StringComparer.Ordinal));
    }
}
