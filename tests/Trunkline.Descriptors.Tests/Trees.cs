namespace Trunkline.Descriptors.Tests;

/// <summary>A small recursive message made in memory, for tests that need no protoc.</summary>
internal static class Trees
{
    public static readonly SchemaRegistry Registry = SchemaRegistry.Create(File());

    public static MessageSchema Schema => Registry.FindMessage("trees.Tree")!;

    /// <summary>A file that may be changed before it is linked.</summary>
    public static FileDescriptorProto File() => new()
    {
        Name = "trees.proto",
        Package = "trees",
        Syntax = "proto3",
        EnumTypes = { new EnumDescriptorProto { Name = "Kind", Values = { new EnumValueDescriptorProto { Name = "OAK", Number = 0 }, new EnumValueDescriptorProto { Name = "ELM", Number = 1 } } } },
        MessageTypes =
        {
            new DescriptorProto
            {
                Name = "Tree",
                Fields =
                {
                    Field("size", 1, FieldType.Int32),
                    Field("name", 2, FieldType.String),
                    Field("child", 3, FieldType.Message, ".trees.Tree"),
                    Field("rings", 4, FieldType.Int32, label: FieldLabel.Repeated),
                    Field("kind", 5, FieldType.Enum, "Kind"),
                    Field("leaf_of", 6, FieldType.Message, ".trees.Tree.LeafOfEntry", FieldLabel.Repeated),
                    InOneof(Field("height", 7, FieldType.Double)),
                    InOneof(Field("age", 8, FieldType.UInt64)),
                },
                NestedTypes =
                {
                    new DescriptorProto
                    {
                        Name = "LeafOfEntry",
                        Fields = { Field("key", 1, FieldType.String), Field("value", 2, FieldType.Message, "Tree") },
                        Options = new MessageOptions { MapEntry = true },
                    },
                },
                OneofDecls = { new OneofDescriptorProto { Name = "measure" } },
                ReservedNames = { "gone" },
            },
        },
    };

    public static FieldDescriptorProto Field(string name, int number, FieldType type, string? typeName = null, FieldLabel label = FieldLabel.Optional)
        => new() { Name = name, Number = number, Type = type, TypeName = typeName, Label = label };

    private static FieldDescriptorProto InOneof(FieldDescriptorProto field)
    {
        field.OneofIndex = 0;
        return field;
    }
}
