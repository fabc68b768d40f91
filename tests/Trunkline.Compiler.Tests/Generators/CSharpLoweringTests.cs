using Google.Protobuf;
using Google.Protobuf.Reflection;
using Trunkline.Descriptors;
using Trunkline.Harness.Peers;

namespace Trunkline.Compiler.Tests.Generators;

/// <summary>What the runtime makes of files in editions: reflection and JSON as the specification says, and what it cannot do as the notes say.</summary>
public class CSharpLoweringTests
{
    private static readonly string[] Files = ["lowered_explicit.proto", "lowered_implicit.proto", "lowered_mixed.proto"];

    private static readonly Lazy<Dictionary<string, FileDescriptor>> Made = new(() =>
        GeneratedCode.FileDescriptors(GeneratedCode.Compile(GeneratedCode.Sources(new CSharpGenerator(), Files))));

    [ProtocFact]
    public void Level_IsChosenByFile()
    {
        Assert.Equal("", Made.Value["lowered_explicit.proto"].ToProto().Syntax);
        Assert.Equal("proto3", Made.Value["lowered_implicit.proto"].ToProto().Syntax);
        Assert.Equal("proto3", Made.Value["lowered_mixed.proto"].ToProto().Syntax);
    }

    [ProtocFact]
    public void Original_TravelsAlong()
    {
        // The third file has names that protoc's code does not compile with.
        var sources = GeneratedCode.ProtocSources("lowered_explicit.proto", "lowered_mixed.proto");
        var theirs = GeneratedCode.FileDescriptors(GeneratedCode.Compile([.. sources.Select(source => "#pragma warning disable\n" + source)]));
        foreach (var (name, file) in theirs)
        {
            Assert.Equal(file.SerializedData.ToByteArray(), OriginalDescriptor.Find(Made.Value[name].SerializedData.Memory).ToArray());
        }
    }

    [ProtocFact]
    public void Presence_IsThatOfTheFile()
    {
        Assert.All(Message("Explicit").Fields.InDeclarationOrder(), field => Assert.Equal(!field.IsRepeated, field.HasPresence));
        Assert.Equal(
            ["known", "known_text", "inner", "a", "b", "_known", "plain"],
            Message("Implicit").Fields.InDeclarationOrder().Where(field => field.HasPresence).Select(field => field.Name));
        Assert.Equal(["needed", "known"], Message("Mixed").Fields.InDeclarationOrder().Where(field => field.HasPresence).Select(field => field.Name));
    }

    [ProtocFact]
    public void SyntheticOneofs_StandBehindTheOthers()
    {
        Assert.Equal(["choice"], Message("Explicit").Oneofs.Select(oneof => oneof.Name));
        Assert.Equal(["choice", "X_known", "_known_text", "__known"], Message("Implicit").Oneofs.Select(oneof => oneof.Name));
    }

    [ProtocFact]
    public void Packing_IsThatOfTheFile()
    {
        foreach (var name in new[] { "Explicit", "Implicit" })
        {
            Assert.True(Message(name).FindFieldByName("packed").IsPacked);
            Assert.False(Message(name).FindFieldByName("expanded").IsPacked);
        }

        var message = JsonParser.Default.Parse("""{"needed":1,"packed":[1,2],"expanded":[1,2],"inners":[{}]}""", Message("Explicit"));
        Assert.Equal("30-01-3A-02-01-02-40-01-40-02-53-54", BitConverter.ToString(message.ToByteArray()));
    }

    [ProtocFact]
    public void ExplicitZero_IsPrinted()
    {
        Assert.Equal("""{ "number": 0, "needed": 0, "a": 0 }""", RoundTrip("Explicit", """{"number":0,"needed":0,"a":0}"""));
        Assert.Equal("""{ "known": 0, "knownText": "" }""", RoundTrip("Implicit", """{"number":0,"text":"","known":0,"knownText":""}"""));
        Assert.Equal("""{ "inner": { }, "plain": { "x": 4 } }""", RoundTrip("Implicit", """{"inner":{"x":0},"plain":{"x":4}}"""));
    }

    [ProtocFact]
    public void Defaults_AreThoseOfTheFile()
    {
        var empty = Activator.CreateInstance(Message("Explicit").ClrType)!;
        object Get(string name) => Message("Explicit").FindFieldByName(name).Accessor.GetValue((IMessage)empty);
        Assert.Equal(5, Get("number"));
        Assert.Equal("tea \"for\" two\né", Get("text"));
        Assert.Equal(ByteString.CopyFrom(1, 255), Get("data"));
        Assert.Equal(2, (int)Get("kind"));
        Assert.Equal(double.NegativeInfinity, Get("ratio"));
        Assert.Equal(3.4028235e38f, Get("exact"));
        Assert.Equal(1, (int)Get("closed"));
        Assert.Equal("5", Message("Explicit").FindFieldByName("number").ToProto().DefaultValue);
    }

    [ProtocFact]
    public void RequiredField_IsRequired()
    {
        Assert.Equal(["needed"], Message("Explicit").Fields.InDeclarationOrder().Where(field => field.IsRequired).Select(field => field.Name));
        Assert.False(Message("Explicit").Parser.ParseFrom([]).IsInitialized());
        Assert.True(Message("Explicit").Parser.ParseFrom([0x30, 0x00]).IsInitialized());
    }

    [ProtocFact]
    public void RequiredBesideImplicit_SaysSoButIsNotChecked()
    {
        Assert.True(Message("Mixed").FindFieldByName("needed").IsRequired);
        Assert.True(Message("Mixed").Parser.ParseFrom([]).IsInitialized());
        Assert.Equal("""{ "needed": 0, "known": 0 }""", RoundTrip("Mixed", """{"number":0,"needed":0,"known":0}"""));
    }

    [ProtocFact]
    public void DelimitedField_IsAGroupInTheBytesAndTheDescriptor()
    {
        foreach (var (name, number, json) in new[] { ("Explicit", 9, """{"needed":1,"inner":{"x":3}}"""), ("Implicit", 7, """{"inner":{"x":3}}""") })
        {
            var field = Message(name).FindFieldByName("inner");
            Assert.Equal(Google.Protobuf.Reflection.FieldDescriptorProto.Types.Type.Group, field.ToProto().Type);
            Assert.Equal(Google.Protobuf.Reflection.FieldType.Message, field.FieldType);
            var message = JsonParser.Default.Parse(json, Message(name));
            byte[] group = [(byte)((number << 3) | 3), 0x08, 0x03, (byte)((number << 3) | 4)];
            Assert.Equal(group, message.ToByteArray().TakeLast(group.Length));
            Assert.Equal(message, Message(name).Parser.ParseFrom(message.ToByteArray()));
            Assert.True(field.Accessor.HasValue(message));
        }
    }

    [ProtocFact]
    public void ClosedEnum_KeepsForeignNumbersInTheField_AsWithProtoc()
    {
        var message = Message("Explicit").Parser.ParseFrom([0x30, 0x00, 0x78, 0x09]);
        Assert.Equal(9, (int)Message("Explicit").FindFieldByName("closed").Accessor.GetValue(message));
    }

    [ProtocFact]
    public void BrokenText_IsReadWithReplacements_AsWithProtoc()
    {
        foreach (var name in new[] { "Explicit", "Implicit" })
        {
            var message = Message(name).Parser.ParseFrom([0x12, 0x01, 0xFF]);
            Assert.Equal("\uFFFD", Message(name).FindFieldByName("text").Accessor.GetValue(message));
        }
    }

    private static MessageDescriptor Message(string name) =>
        Made.Value.Values.SelectMany(file => file.MessageTypes).Single(message => string.Equals(message.Name, name, StringComparison.Ordinal));

    private static string RoundTrip(string name, string json)
    {
        var message = JsonParser.Default.Parse(json, Message(name));
        Assert.Equal(message, Message(name).Parser.ParseFrom(message.ToByteArray()));
        return JsonFormatter.Default.Format(message);
    }
}
