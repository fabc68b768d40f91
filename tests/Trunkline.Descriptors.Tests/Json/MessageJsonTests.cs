using Trunkline.Harness.Peers;

namespace Trunkline.Descriptors.Tests.Json;

public class MessageJsonTests
{
    private static readonly Lazy<SchemaRegistry> Types = new(() => SchemaRegistry.Create(FileDescriptorSet.Read(Protoc.DescriptorSet(Cargo.ProtoRoot, "parcels.proto")).Files));

    private static MessageSchema Parcel => Types.Value.FindMessage("parcels.Parcel")!;

    /// <summary>A message in text form and its one JSON form.</summary>
    public static TheoryData<string, string> Forms => new()
    {
        { "", "{}" },
        { "weight_in_grams: -5 serial: 9007199254740993 hash: 18446744073709551615", """{"weightInGrams":-5,"serial":"9007199254740993","hash":"18446744073709551615"}""" },
        { "tax: 0.1 price: 0.1", """{"tax":0.1,"price":0.1}""" },
        { "tax: inf price: nan", """{"tax":"Infinity","price":"NaN"}""" },
        { "price: -inf fragile: true", """{"price":"-Infinity","fragile":true}""" },
        { "to: 'a\"\\\\\\n\\303\\251<' seal: '\\377\\000'", """{"to":"a\"\\\né<","seal":"/wA="}""" },
        { "size: LARGE sizes: [0, 1, 9]", """{"size":"LARGE","sizes":["SMALL","LARGE",9]}""" },
        { "inside { inside { to: 'x' } }", """{"inside":{"inside":{"to":"x"}}}""" },
        { "stops: [1, 2] maybe: 0 custom: 'c'", """{"stops":[1,2],"maybe":0,"theirs":"c"}""" },
        { "remarks { key: 2 value: 'b' } remarks { key: -1 value: 'a' } halves { key: true value { } }", """{"remarks":{"-1":"a","2":"b"},"halves":{"true":{}}}""" },
        { "nowhere: NULL_VALUE", """{"nowhere":null}""" },
        { "any { [type.googleapis.com/parcels.Parcel] { to: 'x' } }", """{"any":{"@type":"type.googleapis.com/parcels.Parcel","to":"x"}}""" },
        { "any { [a/google.protobuf.Duration] { seconds: 1 } }", """{"any":{"@type":"a/google.protobuf.Duration","value":"1s"}}""" },
        { "any { }", """{"any":{}}""" },
        { "sent { }", """{"sent":"1970-01-01T00:00:00Z"}""" },
        { "sent { seconds: -62135596800 nanos: 1000000 }", """{"sent":"0001-01-01T00:00:00.001Z"}""" },
        { "sent { seconds: 253402300799 nanos: 999999999 }", """{"sent":"9999-12-31T23:59:59.999999999Z"}""" },
        { "sent { seconds: 1 nanos: 1000 }", """{"sent":"1970-01-01T00:00:01.000001Z"}""" },
        { "travel { }", """{"travel":"0s"}""" },
        { "travel { seconds: -1 nanos: -500000000 }", """{"travel":"-1.500s"}""" },
        { "travel { nanos: -1 }", """{"travel":"-0.000000001s"}""" },
        { "travel { seconds: 315576000000 }", """{"travel":"315576000000s"}""" },
        { "mask { paths: ['user.display_name', 'photo'] }", """{"mask":"user.displayName,photo"}""" },
        { "notes { fields { key: 'n' value { null_value: NULL_VALUE } } fields { key: 's' value { string_value: 'x' } } }", """{"notes":{"n":null,"s":"x"}}""" },
        { "value { number_value: 1.5 }", """{"value":1.5}""" },
        { "value { null_value: NULL_VALUE }", """{"value":null}""" },
        { "value { struct_value { } }", """{"value":{}}""" },
        { "list { values { bool_value: false } values { list_value { } } }", """{"list":[false,[]]}""" },
        { "count { } label { value: 'x' } empty { }", """{"count":"0","label":"x","empty":{}}""" },
        { "values { null_value: NULL_VALUE } values { string_value: '' }", """{"values":[null,""]}""" },
    };

    [ProtocTheory]
    [MemberData(nameof(Forms))]
    public void Message_HasOneJsonForm(string text, string json)
    {
        var message = TextFormat.Parse(Parcel, text);
        Assert.Equal(json, MessageJson.Print(message));
        Assert.Equal(message.ToString(), MessageJson.Parse(Parcel, json).ToString());
    }

    /// <summary>Other spellings that are read.</summary>
    public static TheoryData<string, string> Spellings => new()
    {
        { """{"weight_in_grams": "5", "serial": 5, "hash": 1e3}""", "weight_in_grams: 5 serial: 5 hash: 1000" },
        { """{"weightInGrams": 5.0, "serial": "-9223372036854775808"}""", "weight_in_grams: 5 serial: -9223372036854775808" },
        { """{"tax": "1.5", "price": "-Infinity"}""", "tax: 1.5 price: -inf" },
        { """{"tax": 3.4028235677973366e38}""", "tax: 3.4028235e38" },
        { """{"seal": "_w"}""", "seal: '\\377'" },
        { """{"seal": "/w=="}""", "seal: '\\377'" },
        { """{"size": 1, "sizes": ["LARGE", 0]}""", "size: LARGE sizes: [LARGE, SMALL]" },
        { """{"size": null, "stops": null, "remarks": null, "inside": null, "maybe": null}""", "" },
        { """{"custom": "c"}""", "custom: 'c'" },
        { """{"to": "\u00e9\ud83d\ude00"}""", "to: 'é😀'" },
        { """{"sent": "1970-01-01T01:00:00+01:00"}""", "sent { }" },
        { """{"sent": "1970-01-01T00:00:00.5-00:30"}""", "sent { seconds: 1800 nanos: 500000000 }" },
        { """{"travel": "1.5s"}""", "travel { seconds: 1 nanos: 500000000 }" },
        { """{"any": {"to": "x", "@type": "a/parcels.Parcel"}}""", "any { [a/parcels.Parcel] { to: 'x' } }" },
        { """{"mask": ""}""", "mask { }" },
        { """{"count": 5}""", "count { value: 5 }" },
    };

    [ProtocTheory]
    [MemberData(nameof(Spellings))]
    public void OtherSpelling_IsRead(string json, string text) => Assert.Equal(TextFormat.Parse(Parcel, text).ToString(), MessageJson.Parse(Parcel, json).ToString());

    public static TheoryData<string, string> Faults => new()
    {
        { "", "$: this is no JSON" },
        { "{", "$: this is no JSON" },
        { "[]", "$: parcels.Parcel wants an object, and this is a list" },
        { """{"nope": 1}""", "$.nope: parcels.Parcel has no field" },
        { """{"inside": {"stops": [1, "x"]}}""", "$.inside.stops[1]: \"x\" is no value of type Int32" },
        { """{"weightInGrams": 2147483648}""", "$.weightInGrams: 2147483648 is no value" },
        { """{"weightInGrams": 1.5}""", "$.weightInGrams: 1.5 is no value" },
        { """{"weightInGrams": true}""", "$.weightInGrams: true is no value" },
        { """{"weightInGrams": " 5"}""", "$.weightInGrams: " },
        { """{"hash": -1}""", "$.hash: -1 is no value" },
        { """{"hash": 18446744073709551616}""", "$.hash: " },
        { """{"tax": 1e39}""", "$.tax: 1e39 is no value" },
        { """{"price": 1e400}""", "$.price: 1e400 is no value" },
        { """{"price": "inf"}""", "$.price: \"inf\" is no value" },
        { """{"fragile": "true"}""", "$.fragile: \"true\" is no value" },
        { """{"to": 5}""", "$.to: 5 is no value" },
        { """{"to": "\ud83d"}""", "$.to: " },
        { """{"seal": "*"}""", "$.seal: \"*\" is no value" },
        { """{"size": "HUGE"}""", "$.size: \"HUGE\" is no value of enum parcels.Size" },
        { """{"stops": 1}""", "$.stops: parcels.Parcel.stops wants a list" },
        { """{"stops": [null]}""", "$.stops[0]: null is no value" },
        { """{"remarks": []}""", "$.remarks: parcels.Parcel.remarks wants an object" },
        { """{"remarks": {"x": "a"}}""", "$.remarks.x: \"x\" is no key of type Int32" },
        { """{"remarks": {"1": "a", "1": "b"}}""", "$.remarks.1: the key is there twice" },
        { """{"remarks": {"1": null}}""", "$.remarks.1: null is no value" },
        { """{"halves": {"True": {}}}""", "$.halves.True: \"True\" is no key" },
        { """{"road": "a", "nowhere": null}""", "$.nowhere: oneof way has road already" },
        { """{"to": "a", "to": "b"}""", "$.to: the field is there twice" },
        { """{"weightInGrams": 1, "weight_in_grams": 2}""", "$.weight_in_grams: the field is there twice" },
        { """{"any": {"to": "x"}}""", "$.any: an Any needs the property \"@type\"" },
        { """{"any": {"@type": "a/b.C"}}""", "$.any: the type \"a/b.C\" is not known" },
        { """{"any": {"@type": "a/google.protobuf.Duration"}}""", "needs the property \"value\"" },
        { """{"any": {"\ud800": 1}}""", "$.any: a name has half of a surrogate pair" },
        { """{"\ud800": 1}""", "$: a name has half of a surrogate pair" },
        { """{"seal": "\ud800"}""", "$.seal: " },
        { """{"sent": "\ud800"}""", "$.sent: a text has half of a surrogate pair" },
        { """{"size": "\ud800"}""", "$.size: " },
        { """{"weightInGrams": 1e-30}""", "$.weightInGrams: 1e-30 is no value" },
        { """{"sent": "1970-01-01"}""", "$.sent: \"1970-01-01\" is no Timestamp" },
        { """{"sent": "10000-01-01T00:00:00Z"}""", "is no Timestamp" },
        { """{"sent": "0001-01-01T00:00:00+01:00"}""", "is no Timestamp" },
        { """{"sent": "1970-01-01T00:00:00.1234567890Z"}""", "is no Timestamp" },
        { """{"sent": 5}""", "$.sent: this wants a timestamp" },
        { """{"travel": "1"}""", "is no Duration" },
        { """{"travel": "315576000001s"}""", "is no Duration" },
        { """{"travel": "1.s"}""", "is no Duration" },
        { """{"mask": "a_b"}""", "$.mask: \"a_b\" is not in lowerCamelCase" },
        { """{"notes": []}""", "$.notes: google.protobuf.Struct wants an object" },
        { """{"list": {}}""", "$.list: google.protobuf.ListValue wants a list" },
        { """{"[parcels.nope]": 1}""", "has no field" },
    };

    [ProtocTheory]
    [MemberData(nameof(Faults))]
    public void Fault_SaysWhereAndWhat(string json, string problem) =>
        Assert.Contains(problem, Assert.Throws<MessageJsonException>(() => MessageJson.Parse(Parcel, json)).Message, StringComparison.Ordinal);

    [ProtocTheory]
    [InlineData("to: '\\377'", "$.to: the text is not UTF-8")]
    [InlineData("inside { sent { seconds: 253402300800 } }", "$.inside.sent: the timestamp")]
    [InlineData("travel { seconds: 1 nanos: -1 }", "$.travel: the duration")]
    [InlineData("mask { paths: 'aB' }", "$.mask: the path \"aB\"")]
    [InlineData("any { type_url: 'a/b.C' }", "$.any: the type \"a/b.C\" is not known")]
    [InlineData("any { type_url: 'a/parcels.Parcel' value: '\\010' }", "$.any: the type")]
    [InlineData("values { }", "$.values[0]: a Value has none of its fields set")]
    [InlineData("value { number_value: inf }", "$.value: a Value holds a number that is not finite")]
    public void Message_WithoutAJsonForm_IsRefused(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<MessageJsonException>(() => MessageJson.Print(TextFormat.Parse(Parcel, text))).Message, StringComparison.Ordinal);

    [ProtocFact]
    public void Options_ChangeTheForm()
    {
        var message = TextFormat.Parse(Parcel, "weight_in_grams: 1 size: LARGE");
        Assert.Equal("""{"weight_in_grams":1,"size":1}""", MessageJson.Print(message, new MessageJsonOptions { UsesProtoNames = true, PrintsEnumsAsNumbers = true }));
        Assert.Equal("{\n  \"weightInGrams\": 1,\n  \"size\": \"LARGE\"\n}", MessageJson.Print(message, new MessageJsonOptions { Indented = true }));
        Assert.Contains("\"fragile\":false,\"to\":\"\"", MessageJson.Print(message, new MessageJsonOptions { IncludesDefaults = true }), StringComparison.Ordinal);
        var lenient = new MessageJsonOptions { IgnoresUnknownNames = true };
        Assert.Equal("", MessageJson.Parse(Parcel, """{"nope": {"x": [1]}, "size": "HUGE", "sizes": ["HUGE"]}""", lenient).ToString());
    }

    [ProtocFact]
    public void Extension_IsNamedInBrackets()
    {
        var message = TextFormat.Parse(Cargo.Load("cargo2"), "[cargo2.weight]: 5");
        Assert.Equal("""{"[cargo2.weight]":5}""", MessageJson.Print(message));
        Assert.Equal(message.ToString(), MessageJson.Parse(message.Schema, """{"[cargo2.weight]":5}""").ToString());
    }

    [ProtocFact]
    public void RandomMessage_PrintedAndParsed_IsTheSame()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var message = RandomMessages.Make(Cargo.Load("cargo3"), new Random(seed));
            var read = MessageJson.Parse(message.Schema, MessageJson.Print(message));
            Assert.Equal(TextFormat.Print(message, expandAny: true), TextFormat.Print(read, expandAny: true));
        }
    }

    [Fact]
    public void Nesting_PastTheLimit_IsAnErrorAndNoOverflow()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"child\":", 100_000));
        Assert.Contains("this is no JSON", Assert.Throws<MessageJsonException>(() => MessageJson.Parse(Trees.Schema, deep)).Message, StringComparison.Ordinal);
        var tree = new DynamicMessage(Trees.Schema);
        tree.Set(Trees.Schema.Field("child"), tree);
        Assert.Throws<InvalidOperationException>(() => MessageJson.Print(tree));
    }
}
