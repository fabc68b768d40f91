using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Lowering;

/// <summary>
/// Says in the words of proto2 or proto3 what a file says in those of an edition, since the reflection of Google.Protobuf knows no features. Which of the two
/// is decided by file, as <c>docs/notes/lowered-descriptors.md</c> explains: proto3 for a file that has a field without presence, which proto2 cannot say;
/// proto2 for all others.
/// </summary>
internal sealed class DescriptorLowering
{
    private readonly SchemaRegistry _schemas;
    private readonly bool _toProto3;

    private DescriptorLowering(SchemaRegistry schemas, bool toProto3)
    {
        _schemas = schemas;
        _toProto3 = toProto3;
    }

    /// <summary>Lowers a file, in place.</summary>
    public static void Lower(FileDescriptorProto file, SchemaRegistry schemas)
    {
        var toProto3 = file.MessageTypes.Exists(message => HasImplicitField(Schema(schemas, file.Package, message)));
        file.Syntax = toProto3 ? "proto3" : null;
        file.Edition = null;
        file.OptionDependencies.Clear();
        FeatureRemoval.Apply(file);
        var lowering = new DescriptorLowering(schemas, toProto3);
        foreach (var message in file.MessageTypes)
        {
            lowering.Lower(message, Schema(schemas, file.Package, message));
        }

        lowering.LowerExtensions(file.Extensions, file.Package ?? "");
    }

    private static MessageSchema Schema(SchemaRegistry schemas, string? scope, DescriptorProto message) =>
        schemas.FindMessage(string.IsNullOrEmpty(scope) ? message.Name! : $"{scope}.{message.Name}")!;

    // As deep as messages nest, which the parser bounds; the wire form does, too. Entries of maps have no accessors in the runtime.
    private static bool HasImplicitField(MessageSchema message) => !message.IsMapEntry
        && (message.Fields.Any(field => !field.IsRepeated && !field.HasPresence)
            || message.Descriptor.NestedTypes.Exists(nested => HasImplicitField(Schema(message.Registry, message.FullName, nested))));

    private void Lower(DescriptorProto message, MessageSchema schema)
    {
        for (var index = 0; index < message.Fields.Count; index++)
        {
            LowerField(message.Fields[index], schema.Fields[index]);
        }

        // A map entry has no presence in either level.
        if (_toProto3 && !schema.IsMapEntry)
        {
            MarkPresence(message, schema);
        }

        LowerExtensions(message.Extensions, schema.FullName);
        foreach (var nested in message.NestedTypes)
        {
            Lower(nested, Schema(_schemas, schema.FullName, nested));
        }
    }

    private void LowerExtensions(List<FieldDescriptorProto> extensions, string scope)
    {
        foreach (var extension in extensions)
        {
            LowerField(extension, _schemas.FindExtension(scope.Length == 0 ? extension.Name! : $"{scope}.{extension.Name}")!);
        }
    }

    private void LowerField(FieldDescriptorProto field, FieldSchema schema)
    {
        field.Type = schema.Type;
        field.Label = schema.IsRequired ? FieldLabel.Required : field.Label;
        if (schema.IsRepeated && schema.IsPackable && schema.IsPacked != _toProto3)
        {
            field.Options ??= new FieldOptions();
            field.Options.Packed = schema.IsPacked;
        }
    }

    // proto3 gives a field presence by a oneof of its own. Those stand behind the others, as protoc has them.
    private static void MarkPresence(DescriptorProto message, MessageSchema schema)
    {
        var names = new HashSet<string>(
            [.. message.Fields.Select(field => field.Name!), .. message.OneofDecls.Select(oneof => oneof.Name!), .. message.NestedTypes.Select(nested => nested.Name!)],
            StringComparer.Ordinal);
        for (var index = 0; index < message.Fields.Count; index++)
        {
            if (schema.Fields[index] is not { HasPresence: true, Oneof: null, Kind: not FieldValueKind.Message })
            {
                continue;
            }

            var name = "_" + message.Fields[index].Name;
            while (!names.Add(name))
            {
                name = "X" + name;
            }

            message.Fields[index].Proto3Optional = true;
            message.Fields[index].OneofIndex = message.OneofDecls.Count;
            message.OneofDecls.Add(new OneofDescriptorProto { Name = name });
        }
    }
}
