using System.Buffers;

namespace Trunkline.Descriptors.Tests.Dynamic;

public class DynamicMessageTests
{
    private readonly DynamicMessage _tree = new(Trees.Schema);

    [Fact]
    public void Field_SetAndCleared_IsSeen()
    {
        var size = Field("size");
        Assert.False(_tree.Has(size));
        Assert.Equal(0, _tree.Get(size).AsInt32());
        _tree.Set(size, 5);
        Assert.True(_tree.Has(size));
        Assert.Equal([0x08, 0x05], _tree.ToByteArray());
        _tree.Clear(size);
        Assert.False(_tree.Has(size));
        Assert.Empty(_tree.ToByteArray());
    }

    [Fact]
    public void Field_WithoutPresence_SetToZero_IsNotSet()
    {
        _tree.Set(Field("size"), 5);
        _tree.Set(Field("size"), 0);
        _tree.Set(Field("name"), "");
        Assert.Empty(_tree.SetFields);
    }

    [Fact]
    public void Field_OfAOneof_ClearsTheOthers()
    {
        var measure = Trees.Schema.Oneofs.Single();
        Assert.Null(_tree.FindSet(measure));
        _tree.Set(Field("height"), 0.0);
        Assert.Equal("height", _tree.FindSet(measure)!.Name);
        _tree.Set(Field("age"), 7UL);
        Assert.Equal("age", _tree.FindSet(measure)!.Name);
        Assert.False(_tree.Has(Field("height")));
    }

    [Fact]
    public void Message_IsOpenedInPlace()
    {
        Assert.Empty(_tree.Get(Field("child")).AsMessage().ToByteArray());
        Assert.False(_tree.Has(Field("child")));
        _tree.Open(Field("child")).Set(Field("size"), 1);
        Assert.Equal([0x1A, 0x02, 0x08, 0x01], _tree.ToByteArray());
        Assert.Same(_tree.Get(Field("child")).AsMessage(), _tree.Open(Field("child")));
    }

    [Fact]
    public void List_GrowsAndIsPacked()
    {
        Assert.Empty(_tree.GetList(Field("rings")));
        _tree.Add(Field("rings"), 1);
        _tree.Add(Field("rings"), -1);
        Assert.Equal([1, -1], _tree.GetList(Field("rings")).Select(ring => ring.AsInt32()));
        Assert.Equal([0x22, 0x0B, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], _tree.ToByteArray());
    }

    [Fact]
    public void Map_HasOneValueForAKey()
    {
        var leaves = Field("leaf_of");
        Assert.Empty(_tree.GetMap(leaves));
        _tree.Put(leaves, "b", Tree(1));
        _tree.Put(leaves, "a", Tree(2));
        _tree.Put(leaves, "b", Tree(3));
        Assert.Equal(2, _tree.GetMap(leaves).Count);
        Assert.Equal(3, _tree.GetMap(leaves)["b"].AsMessage().Get(Field("size")).AsInt32());
        Assert.Equal(["a", "b"], DynamicMessage.Read(Trees.Schema, _tree.ToByteArray(deterministic: true)).GetMap(leaves).Keys.Select(key => key.AsString()));
        Assert.True(_tree.Remove(leaves, "b"));
        Assert.False(_tree.Remove(leaves, "b"));
        Assert.False(_tree.GetMap(leaves).ContainsKey("b"));
        Assert.True(_tree.GetMap(leaves).TryGetValue("a", out _));
    }

    [Fact]
    public void MapKey_ReadTwice_CountsOnceWithItsLastValue()
    {
        var read = TextFormat.Parse(Trees.Schema, "leaf_of { key: 'a' value { size: 1 } } leaf_of { key: 'a' value { size: 2 } }");
        Assert.Equal(2, read.GetMap(Field("leaf_of")).Single().Value.AsMessage().Get(Field("size")).AsInt32());
        Assert.Equal(2, TextFormat.Parse(Trees.Schema, read.ToString()).ToString().Split("leaf_of").Length - 1);
    }

    [Fact]
    public void InvalidText_IsFound()
    {
        var read = TextFormat.Parse(Trees.Schema, "name: 'ok' child { name: '\\377' } leaf_of { key: '\\300' value { name: '\\377' } }");
        Assert.Equal(["trees.Tree.name", "trees.Tree.LeafOfEntry.key", "trees.Tree.name"], read.FindInvalidTexts().Select(field => field.FullName));
        Assert.Empty(TextFormat.Parse(Trees.Schema, "name: 'ä'").FindInvalidTexts());
    }

    [Fact]
    public void UnknownFields_AreKept()
    {
        byte[] bytes = [0x08, 0x01, 0xA0, 0x06, 0x01, 0xA3, 0x06, 0x08, 0x01, 0xA4, 0x06];
        var read = DynamicMessage.Read(Trees.Schema, bytes);
        Assert.Equal(bytes, read.ToByteArray());
        Assert.Equal("size: 1\n100: 1\n100 {\n  1: 1\n}\n", read.ToString());
        read.UnknownFields = default;
        Assert.Equal([0x08, 0x01], read.ToByteArray());
        Assert.Throws<DescriptorFormatException>(() => read.UnknownFields = new byte[] { 0x0F });
    }

    [Fact]
    public void SingleMessage_ReadTwice_Merges()
    {
        var read = DynamicMessage.Read(Trees.Schema, [0x1A, 0x02, 0x08, 0x01, 0x1A, 0x03, 0x12, 0x01, (byte)'n', 0x08, 0x01, 0x08, 0x02]);
        Assert.Equal("size: 2\nchild {\n  size: 1\n  name: \"n\"\n}\n", read.ToString());
    }

    [Fact]
    public void Fields_AreWrittenByNumberHoweverTheyWereSet()
    {
        foreach (var name in new[] { "age", "kind", "size", "name", "child" })
        {
            var field = Field(name);
            _tree.Set(field, field.Kind switch
            {
                FieldValueKind.UInt64 => 1UL,
                FieldValueKind.Enum => FieldValue.OfEnum(1),
                FieldValueKind.String => "n",
                FieldValueKind.Message => new DynamicMessage(Trees.Schema),
                _ => 1,
            });
        }

        Assert.Equal([1, 2, 3, 5, 8], _tree.SetFields.Select(field => field.Number));
        var output = new ArrayBufferWriter<byte>();
        _tree.Write(output);
        Assert.Equal([0x08, 0x01, 0x12, 0x01, (byte)'n', 0x1A, 0x00, 0x28, 0x01, 0x40, 0x01], output.WrittenSpan.ToArray());
    }

    [Fact]
    public void WrongUse_IsRefusedWithItsReason()
    {
        Assert.Contains("takes Int32, not String", Assert.Throws<ArgumentException>(() => _tree.Set(Field("size"), "x")).Message, StringComparison.Ordinal);
        Assert.Contains("holds a list", Assert.Throws<InvalidOperationException>(() => _tree.Set(Field("rings"), 1)).Message, StringComparison.Ordinal);
        Assert.Contains("holds a single Int32", Assert.Throws<InvalidOperationException>(() => _tree.Add(Field("size"), 1)).Message, StringComparison.Ordinal);
        Assert.Contains("holds a map", Assert.Throws<InvalidOperationException>(() => _tree.GetList(Field("leaf_of"))).Message, StringComparison.Ordinal);
        var other = SchemaRegistry.Create(Trees.File()).FindMessage("trees.Tree")!;
        Assert.Throws<ArgumentException>(() => _tree.Has(other.Field("size")));
        Assert.Throws<ArgumentException>(() => _tree.Set(Field("child"), new DynamicMessage(other)));
        Assert.Contains("of kind Int32, not String", Assert.Throws<InvalidOperationException>(() => ((FieldValue)1).AsString()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_InsideItself_IsRefusedAndNoOverflow()
    {
        _tree.Set(Field("child"), _tree);
        Assert.Throws<InvalidOperationException>(() => _tree.ToByteArray());
        Assert.Throws<InvalidOperationException>(() => _tree.ToString());
        Assert.Throws<InvalidOperationException>(() => _tree.FindMissingFields());
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Messages_NestedPastTheLimit_AreRefused(int depth, bool isRead)
    {
        byte[] bytes = [];
        for (var level = 0; level < depth; level++)
        {
            var writer = new WireWriter();
            writer.WriteTag(3, WireType.LengthDelimited);
            writer.WriteBytes(bytes);
            bytes = writer.Written.ToArray();
        }

        var exception = Record.Exception(() => DynamicMessage.Read(Trees.Schema, bytes));
        Assert.Equal(isRead, exception is null);
        Assert.True(isRead || exception is DescriptorFormatException { Offset: > 0 });
    }

    [Theory]
    [InlineData(new byte[] { 0x08 }, 1, "ends inside a number")]
    [InlineData(new byte[] { 0x12, 0x05, 0x41 }, 1, "goes past the end")]
    [InlineData(new byte[] { 0x12, 0x01, 0xFF }, 1, "String field 'trees.Tree.name' contains invalid UTF-8")]
    [InlineData(new byte[] { 0x1A, 0x03, 0x12, 0x01, 0xFF }, 3, "invalid UTF-8")]
    [InlineData(new byte[] { 0x0C }, 1, "a group ends that has not begun")]
    [InlineData(new byte[] { 0xA3, 0x06, 0x08, 0x01 }, 4, "ends inside a group")]
    [InlineData(new byte[] { 0x00 }, 0, "no valid field number")]
    [InlineData(new byte[] { 0x22, 0x02, 0x01, 0xFF }, 3, "ends inside a number")]
    [InlineData(new byte[] { 0x12, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00 }, 1, "over five bytes")]
    public void BrokenBytes_SayWhere(byte[] bytes, int offset, string problem)
    {
        var exception = Assert.Throws<DescriptorFormatException>(() => DynamicMessage.Read(Trees.Schema, bytes));
        Assert.Equal(offset, exception.Offset);
        Assert.Contains(problem, exception.Problem, StringComparison.Ordinal);
    }

    private static FieldSchema Field(string name) => Trees.Schema.Field(name);

    private static DynamicMessage Tree(int size)
    {
        var tree = new DynamicMessage(Trees.Schema);
        tree.Set(Field("size"), size);
        return tree;
    }
}
