namespace Trunkline.Descriptors.Schemas;

/// <summary>
/// Links descriptors in two passes: all names first, since types may be used before they are declared and files may come in any order; then
/// the fields, whose types those names are.
/// </summary>
internal sealed class SchemaBuilder(SchemaRegistry registry)
{
    // A field number takes 29 bits of a tag. In message sets the number is a value of its own and may take 31.
    private const int LargestNumber = (1 << 29) - 1;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<(MessageSchema Message, FileDescriptorProto File)> _messages = [];

    public void Build(IReadOnlyList<FileDescriptorProto> files)
    {
        CheckFiles(files);
        foreach (var file in files)
        {
            Declare(file);
        }

        foreach (var (message, file) in _messages)
        {
            LinkMembers(message, file);
        }

        // After all fields, so that an extension that takes a field's number is the one to blame.
        foreach (var (message, file) in _messages)
        {
            LinkExtensions(message.Descriptor.Extensions, message.FullName, message, file, message.Features);
        }

        foreach (var file in files)
        {
            LinkExtensions(file.Extensions, file.Package ?? "", scope: null, file, FeaturesOf(file));
        }
    }

    private static void CheckFiles(IReadOnlyList<FileDescriptorProto> files)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (file.Name is null)
            {
                throw new SchemaException("(no name)", "a file descriptor has no name.");
            }

            if (!names.Add(file.Name))
            {
                throw new SchemaException(file.Name, "the file is twice in the set.");
            }
        }

        foreach (var file in files)
        {
            // A weak import may stay away: whoever uses one of its types is told so below.
            for (var index = 0; index < file.Dependencies.Count; index++)
            {
                if (!names.Contains(file.Dependencies[index]) && !file.WeakDependencies.Contains(index))
                {
                    throw new SchemaException(
                        file.Name!, $"imports {file.Dependencies[index]}, which is not in the set. Make the set with its imports (--include_imports).");
                }
            }
        }
    }

    private static FeatureValues FeaturesOf(FileDescriptorProto file) => FeatureValues.Of(file).With(file.Options?.Features);

    private static string Join(string scope, string name) => scope.Length == 0 ? name : $"{scope}.{name}";

    private void Declare(FileDescriptorProto file)
    {
        var package = file.Package ?? "";
        var features = FeaturesOf(file);
        DeclareEnums(file.EnumTypes, package, file, features);

        // A list of work instead of recursion: descriptors made in memory may nest as deep as they like.
        var work = new Queue<(DescriptorProto Descriptor, string Scope, MessageSchema? Around)>();
        foreach (var message in file.MessageTypes)
        {
            work.Enqueue((message, package, null));
        }

        while (work.TryDequeue(out var next))
        {
            var fullName = NameOf(next.Scope, next.Descriptor.Name, file);
            var own = (next.Around?.Features ?? features).With(next.Descriptor.Options?.Features);
            var schema = new MessageSchema(next.Descriptor, fullName, file.Name!, next.Around, registry, own);
            registry.Add(schema);
            _messages.Add((schema, file));
            DeclareEnums(next.Descriptor.EnumTypes, fullName, file, own);
            foreach (var nested in next.Descriptor.NestedTypes)
            {
                work.Enqueue((nested, fullName, schema));
            }
        }
    }

    private void DeclareEnums(List<EnumDescriptorProto> enums, string scope, FileDescriptorProto file, FeatureValues around)
    {
        foreach (var descriptor in enums)
        {
            var isClosed = around.With(descriptor.Options?.Features).Enums == EnumType.Closed;
            registry.Add(new EnumSchema(descriptor, NameOf(scope, descriptor.Name, file), file.Name!, isClosed));
        }
    }

    private string NameOf(string scope, string? name, FileDescriptorProto file)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new SchemaException(file.Name!, $"an element of \"{scope}\" has no name.");
        }

        var fullName = Join(scope, name);
        return _names.Add(fullName) ? fullName : throw new SchemaException(file.Name!, $"\"{fullName}\" is declared twice.");
    }

    private void LinkMembers(MessageSchema message, FileDescriptorProto file)
    {
        var oneofs = message.Descriptor.OneofDecls.ConvertAll(oneof => new OneofSchema(oneof, message.Features.With(oneof.Options?.Features)));
        var fields = new List<FieldSchema>(message.Descriptor.Fields.Count);
        foreach (var descriptor in message.Descriptor.Fields)
        {
            var field = new FieldSchema(descriptor, Join(message.FullName, descriptor.Name ?? ""), file.Name!, message.Features)
            {
                ContainingMessage = message,
                Index = fields.Count,
            };
            if (descriptor.OneofIndex is { } index)
            {
                AddToOneof(field, (uint)index < (uint)oneofs.Count ? oneofs[index] : null);
            }

            Link(field, message.FullName, file);
            fields.Add(field);
        }

        message.SetMembers(fields, oneofs);
        CheckMapEntry(message);
    }

    private static void AddToOneof(FieldSchema field, OneofSchema? oneof)
    {
        if (oneof is null)
        {
            throw new SchemaException(
                field.File, $"{field.FullName} is in oneof {field.Descriptor.OneofIndex}, which {field.ContainingMessage} does not have.");
        }

        oneof.Add(field);
        field.Features = oneof.Features;
        if (field.Descriptor.Proto3Optional != true)
        {
            field.Oneof = oneof;
        }
    }

    private static void CheckMapEntry(MessageSchema message)
    {
        if (message.IsMapEntry
            && message.Fields is not [{ Number: 1, IsRepeated: false, Kind: not FieldValueKind.Message }, { Number: 2, IsRepeated: false }])
        {
            throw new SchemaException(message.File, $"{message.FullName} is a map entry without a key as field 1 and a value as field 2.");
        }
    }

    private void LinkExtensions(
        List<FieldDescriptorProto> extensions, string scopeName, MessageSchema? scope, FileDescriptorProto file, FeatureValues around)
    {
        foreach (var descriptor in extensions)
        {
            var extension = new FieldSchema(descriptor, NameOf(scopeName, descriptor.Name, file), file.Name!, around) { ExtensionScope = scope };
            extension.ContainingMessage = Resolve(descriptor.Extendee ?? "", scopeName) is { } extended && registry.FindMessage(extended) is { } message
                ? message
                : throw new SchemaException(file.Name!, $"{extension.FullName} extends \"{descriptor.Extendee}\", which is not a message of the set.");
            Link(extension, scopeName, file);
            registry.Add(extension);
            extension.ContainingMessage.Add(extension);
        }
    }

    private void Link(FieldSchema field, string scope, FileDescriptorProto file)
    {
        var descriptor = field.Descriptor;
        var largest = field.ContainingMessage.IsMessageSet ? int.MaxValue : LargestNumber;
        if (string.IsNullOrEmpty(descriptor.Name) || descriptor.Number is not { } number || number < 1 || number > largest)
        {
            throw new SchemaException(
                file.Name!,
                $"field \"{descriptor.Name}\" of {field.ContainingMessage} needs a name and a number from 1 to {largest}, and has {descriptor.Number}.");
        }

        field.Features = field.Features.With(descriptor.Options?.Features);
        LinkType(field, scope, file);
        field.Kind = FieldTypes.KindOf(field.Type);
        ApplyFeatures(field, file);
        field.WireType = FieldTypes.WireTypeOf(field.Type);
        if (field.Kind != FieldValueKind.Message && !field.IsRepeated)
        {
            field.Default = DefaultValueReader.Read(field);
        }
    }

    private void LinkType(FieldSchema field, string scope, FileDescriptorProto file)
    {
        var typeName = field.Descriptor.TypeName;
        var fullName = typeName is null ? null : Resolve(typeName, scope) ?? throw Unresolved();
        field.Message = fullName is null ? null : registry.FindMessage(fullName);
        field.Enum = fullName is null ? null : registry.FindEnum(fullName);

        // A parser without linker leaves the type open where a name stands.
        field.Type = field.Descriptor.Type ?? (field.Message is not null ? FieldType.Message : field.Enum is not null ? FieldType.Enum : throw Unresolved());
        var fits = field.Type switch
        {
            FieldType.Message or FieldType.Group => field.Message is not null,
            FieldType.Enum => field.Enum is not null,
            >= FieldType.Double and <= FieldType.SInt64 => fullName is null,
            _ => false,
        };
        if (!fits)
        {
            throw Unresolved();
        }

        SchemaException Unresolved() => new(file.Name!, $"{field.FullName} has type {field.Descriptor.Type} \"{typeName}\", which the set does not have.");
    }

    private static void ApplyFeatures(FieldSchema field, FileDescriptorProto file)
    {
        var features = field.Features;
        var isMapOrInEntry = field.Message is { IsMapEntry: true } || field.ContainingMessage.IsMapEntry;
        if (field.Type == FieldType.Message && features.Messages == MessageEncoding.Delimited && !isMapOrInEntry)
        {
            field.Type = FieldType.Group;
        }

        field.IsRequired = field.Descriptor.Label == FieldLabel.Required || (!field.IsRepeated && features.Presence == FieldPresence.LegacyRequired);
        field.IsPacked = field.IsRepeated
            && FieldTypes.CanBePacked(field.Type) && (field.Descriptor.Options?.Packed ?? features.Repeated == RepeatedFieldEncoding.Packed);
        field.HasPresence = !field.IsRepeated
            && (field.Kind == FieldValueKind.Message || field.Oneof is not null || field.IsExtension || field.Descriptor.Proto3Optional == true
                || features.Presence != FieldPresence.Implicit);
        field.IsUtf8Checked = field.Type == FieldType.String && features.Utf8 == Utf8Validation.Verify;

        // protoc takes every enum in a file of proto2 as closed, even one that an open file declares.
        field.IsClosedEnum = field.Enum is { } type && (type.IsClosed || file.Syntax is null or "" or "proto2");
    }

    /// <summary>The full name that <paramref name="name"/> stands for: with a leading dot as it is, without one from the innermost scope outward.</summary>
    private string? Resolve(string name, string scope)
    {
        if (name.StartsWith('.'))
        {
            return IsType(name[1..]) ? name[1..] : null;
        }

        while (true)
        {
            var candidate = Join(scope, name);
            if (IsType(candidate))
            {
                return candidate;
            }

            if (scope.Length == 0)
            {
                return null;
            }

            scope = scope[..Math.Max(scope.LastIndexOf('.'), 0)];
        }
    }

    private bool IsType(string fullName) => registry.FindMessage(fullName) is not null || registry.FindEnum(fullName) is not null;
}
