namespace Trunkline.Descriptors.Tests.Schemas;

public class SchemaRegistryTests
{
    [Fact]
    public void Types_AreFoundByFullName()
    {
        var tree = Trees.Schema;
        Assert.Equal("trees.Tree", tree.FullName);
        Assert.Same(tree, tree.Field("child").Message);
        Assert.Equal("ELM", tree.Field("kind").Enum!.FindName(1));
        Assert.Equal(1, Trees.Registry.FindEnum("trees.Kind")!.FindNumber("ELM"));
        Assert.Same(tree, Trees.Registry.FindMessage("trees.Tree.LeafOfEntry")!.ContainingMessage);
        Assert.Null(Trees.Registry.FindMessage(".trees.Tree"));
        Assert.Null(tree.FindField("nope"));
        Assert.Throws<ArgumentException>(() => tree.Field("nope"));
    }

    [Fact]
    public void RelativeTypeName_IsLookedUpFromTheInnermostScope() =>
        Assert.Same(Trees.Schema, Trees.Registry.FindMessage("trees.Tree.LeafOfEntry")!.FindField(2)!.Message);

    [Fact]
    public void Proto3_HasItsFeatures()
    {
        var tree = Trees.Schema;
        Assert.False(tree.Field("size").HasPresence);
        Assert.True(tree.Field("child").HasPresence);
        Assert.True(tree.Field("height").HasPresence);
        Assert.True(tree.Field("rings").IsPacked);
        Assert.True(tree.Field("name").IsUtf8Checked);
        Assert.False(tree.Field("kind").IsClosedEnum);
        Assert.True(tree.Field("leaf_of").IsMap);
        Assert.Equal(["height", "age"], tree.Oneofs.Single().Fields.Select(field => field.Name));
    }

    [Fact]
    public void Features_OfEditions_AreInheritedAndOverridden()
    {
        var file = Trees.File();
        file.Syntax = "editions";
        file.Edition = Edition.Edition2023;
        file.Options = new FileOptions { Features = new FeatureSet { FieldPresence = FieldPresence.Implicit, MessageEncoding = MessageEncoding.Delimited } };
        var message = file.MessageTypes[0];
        message.Options = new MessageOptions { Features = new FeatureSet { RepeatedFieldEncoding = RepeatedFieldEncoding.Expanded } };
        message.Fields[1].Options = new FieldOptions { Features = new FeatureSet { FieldPresence = FieldPresence.LegacyRequired, Utf8Validation = Utf8Validation.None } };
        file.EnumTypes[0].Options = new EnumOptions { Features = new FeatureSet { EnumType = EnumType.Closed } };
        var tree = SchemaRegistry.Create(file).FindMessage("trees.Tree")!;
        Assert.False(tree.Field("size").HasPresence);
        Assert.Equal((true, true, false), (tree.Field("name").HasPresence, tree.Field("name").IsRequired, tree.Field("name").IsUtf8Checked));
        Assert.Equal(FieldType.Group, tree.Field("child").Type);
        Assert.Equal(FieldType.Message, tree.Field("leaf_of").Type);
        Assert.False(tree.Field("rings").IsPacked);
        Assert.True(tree.Field("kind").IsClosedEnum);
    }

    [Fact]
    public void FeatureValues_FromTheFuture_AreInherited()
    {
        var file = Trees.File();
        file.MessageTypes[0].Fields[0].Options = new FieldOptions { Features = new FeatureSet { FieldPresence = (FieldPresence)77 } };
        Assert.False(SchemaRegistry.Create(file).FindMessage("trees.Tree")!.Field("size").HasPresence);
    }

    [Fact]
    public void Default_OfProto2_IsRead()
    {
        var file = Trees.File();
        file.Syntax = null;
        var fields = file.MessageTypes[0].Fields;
        fields[0].DefaultValue = "-7";
        fields[1].DefaultValue = "ä";
        fields[4].DefaultValue = "ELM";
        fields[6].DefaultValue = "-inf";
        var message = new DynamicMessage(SchemaRegistry.Create(file).FindMessage("trees.Tree")!);
        Assert.Equal(-7, message.Get(message.Schema.Field("size")).AsInt32());
        Assert.Equal("ä", message.Get(message.Schema.Field("name")).AsString());
        Assert.Equal(1, message.Get(message.Schema.Field("kind")).AsEnum());
        Assert.Equal(double.NegativeInfinity, message.Get(message.Schema.Field("height")).AsDouble());
        Assert.Throws<InvalidOperationException>(() => message.Schema.Field("child").DefaultValue);
    }

    public static TheoryData<string, Action<FileDescriptorProto>> Faults => new()
    {
        { "imports other.proto, which is not in the set", file => file.Dependencies.Add("other.proto") },
        { "\"trees.Tree\" is declared twice", file => file.MessageTypes.Add(new DescriptorProto { Name = "Tree" }) },
        { "\"trees.Kind\" is declared twice", file => file.MessageTypes.Add(new DescriptorProto { Name = "Kind" }) },
        { "an element of \"trees\" has no name", file => file.MessageTypes.Add(new DescriptorProto()) },
        { "has two fields named \"size\"", file => file.MessageTypes[0].Fields[1].Name = "size" },
        { "are both field 1 of trees.Tree", file => file.MessageTypes[0].Fields[1].Number = 1 },
        { "needs a name and a number", file => file.MessageTypes[0].Fields[1].Number = 0 },
        { "needs a name and a number from 1 to 536870911", file => file.MessageTypes[0].Fields[1].Number = 1 << 29 },
        { "which the set does not have", file => file.MessageTypes[0].Fields[2].TypeName = ".trees.Bush" },
        { "which the set does not have", file => file.MessageTypes[0].Fields[2].TypeName = "Kind" },
        { "which the set does not have", file => file.MessageTypes[0].Fields[2].TypeName = null },
        { "which the set does not have", file => file.MessageTypes[0].Fields[0].Type = (FieldType)99 },
        { "which the set does not have", file => file.MessageTypes[0].Fields[0].TypeName = "Kind" },
        { "is in oneof 5", file => file.MessageTypes[0].Fields[6].OneofIndex = 5 },
        { "map entry without a key", file => file.MessageTypes[0].NestedTypes[0].Fields.RemoveAt(0) },
        { "default \"x\" of trees.Tree.size", file => file.MessageTypes[0].Fields[0].DefaultValue = "x" },
        { "extends \"Bush\", which is not a message", file => file.Extensions.Add(new FieldDescriptorProto { Name = "e", Number = 100, Type = FieldType.Bool, Extendee = "Bush" }) },
        { "are both field 1 of trees.Tree", file => file.Extensions.Add(new FieldDescriptorProto { Name = "e", Number = 1, Type = FieldType.Bool, Extendee = "Tree" }) },
        { "syntax \"proto9\"", file => file.Syntax = "proto9" },
        { "syntax \"editions\"", file => file.Syntax = "editions" },
        { "has no values", file => file.EnumTypes[0].Values.Clear() },
        { "do not all have a name of their own", file => file.EnumTypes[0].Values[1].Name = "OAK" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void BrokenFile_IsRefusedWithItsReason(string reason, Action<FileDescriptorProto> fault)
    {
        var file = Trees.File();
        fault(file);
        var exception = Assert.Throws<SchemaException>(() => SchemaRegistry.Create(file));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Equal("trees.proto", exception.File);
    }

    [Fact]
    public void ExtensionsOfTwoFiles_MayShareANumber_AndTheFirstIsMeant()
    {
        var registry = SchemaRegistry.Create(Trees.File(), Extending("a"), Extending("b"));
        Assert.Equal("a.e", registry.FindMessage("trees.Tree")!.FindField(1000)!.FullName);
        Assert.Equal(1000, registry.FindExtension("b.e")!.Number);

        var twice = Extending("c");
        twice.Extensions.Add(new FieldDescriptorProto { Name = "f", Number = 1000, Type = FieldType.Bool, Extendee = ".trees.Tree" });
        Assert.Throws<SchemaException>(() => SchemaRegistry.Create(Trees.File(), twice));

        static FileDescriptorProto Extending(string name)
        {
            var file = new FileDescriptorProto { Name = name + ".proto", Package = name };
            file.Dependencies.Add("trees.proto");
            file.Extensions.Add(new FieldDescriptorProto { Name = "e", Number = 1000, Type = FieldType.Bool, Extendee = ".trees.Tree" });
            return file;
        }
    }

    [Fact]
    public void File_Twice_IsRefused() =>
        Assert.Contains("twice in the set", Assert.Throws<SchemaException>(() => SchemaRegistry.Create(Trees.File(), Trees.File())).Message, StringComparison.Ordinal);

    [Fact]
    public void Files_MayComeInAnyOrder()
    {
        var user = new FileDescriptorProto
        {
            Name = "user.proto",
            Syntax = "proto3",
            Dependencies = { "trees.proto" },
            MessageTypes = { new DescriptorProto { Name = "Wood", Fields = { Trees.Field("tree", 1, FieldType.Message, ".trees.Tree") } } },
        };
        Assert.Equal("trees.Tree", SchemaRegistry.Create(user, Trees.File()).FindMessage("Wood")!.Field("tree").Message!.FullName);
    }

    [Fact]
    public void MessagesNestedVeryDeep_AreLinkedWithoutRecursion()
    {
        var message = new DescriptorProto { Name = "M" };
        for (var depth = 0; depth < 3000; depth++)
        {
            message = new DescriptorProto { Name = "M", NestedTypes = { message } };
        }

        var registry = SchemaRegistry.Create(new FileDescriptorProto { Name = "deep.proto", MessageTypes = { message } });
        Assert.Equal(3001, registry.Messages.Count);
    }
}
