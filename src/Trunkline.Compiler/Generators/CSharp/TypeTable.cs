using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp;

/// <summary>A message with its place among files and messages.</summary>
internal sealed record MessageEntry(DescriptorProto Message, FileDescriptorProto File, MessageEntry? Parent, int Index, string FullName)
{
    /// <summary>The class, without what lies around it.</summary>
    public string ClassName { get; } = CSharpNames.Identifier(MemberNames.ClassName(Message, Parent is not null));

    /// <summary>The type in C#, from <c>global::</c> on.</summary>
    public string TypeName => field ??= TypeTable.TypeName(File, Parent, ClassName);

    /// <summary>Whether the message was made for the entries of a map.</summary>
    public bool IsMapEntry => Message.Options?.MapEntry == true;
}

/// <summary>An enum with the names of its members.</summary>
internal sealed record EnumEntry(EnumDescriptorProto Enum, FileDescriptorProto File, MessageEntry? Parent)
{
    /// <summary>The type, without what lies around it.</summary>
    public string Name { get; } = CSharpNames.Identifier(MemberNames.TypeName(Enum.Name!, Parent is not null));

    /// <summary>The type in C#, from <c>global::</c> on.</summary>
    public string TypeName => field ??= TypeTable.TypeName(File, Parent, Name);

    /// <summary>The members, in the order of the values.</summary>
    public IReadOnlyList<string> Members { get; } = CSharpNames.EnumMembers(Enum);

    /// <summary>The member of that number, the first one if it has several; its default when no member has it.</summary>
    public string MemberOf(int number) => $"{TypeName}.{Members[Math.Max(Enum.Values.FindIndex(value => value.Number == number), 0)]}";
}

/// <summary>An extension and its identifier in C#.</summary>
internal sealed record ExtensionEntry(FieldSchema Schema, string Name);

/// <summary>
/// All messages and enums of a request by their full names, as type names of fields spell them: with a leading dot. One table serves all files of a request.
/// </summary>
internal sealed class TypeTable
{
    private readonly IEnumerable<FileDescriptorProto> _all;
    private readonly Dictionary<string, MessageEntry> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EnumEntry> _enums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptorProto> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<MessageEntry, MemberNames> _names = new(ReferenceEqualityComparer.Instance);
    private SchemaRegistry? _schemas;

    /// <summary>Enters all types of <paramref name="files"/>.</summary>
    public TypeTable(IEnumerable<FileDescriptorProto> files)
    {
        _all = files;
        foreach (var file in files)
        {
            _files[file.Name!] = file;
            Add(file, parent: null, file.Package is { Length: > 0 } package ? "." + package : "", file.MessageTypes, file.EnumTypes);
        }
    }

    /// <summary>What the files mean, features worked out. Linked on first use, since services need names alone.</summary>
    /// <exception cref="SchemaException">The files do not fit together.</exception>
    public SchemaRegistry Schemas => _schemas ??= SchemaRegistry.Create(_all);

    /// <summary>What keeps <see cref="Schemas"/> from being made, such as an import that is not in the request; null when nothing does.</summary>
    public string? FindLinkProblem()
    {
        try
        {
            _ = Schemas;
            return null;
        }
        catch (SchemaException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The file of that name.</summary>
    public FileDescriptorProto File(string name) => _files[name];

    /// <summary>Whether there is a file of that name.</summary>
    public bool HasFile(string name) => _files.ContainsKey(name);

    /// <summary>The message of that full name.</summary>
    public MessageEntry Message(string fullName) => _messages[fullName];

    /// <summary>The enum of that full name.</summary>
    public EnumEntry Enum(string fullName) => _enums[fullName];

    /// <summary>The message of that schema.</summary>
    public MessageEntry Of(MessageSchema schema) => _messages["." + schema.FullName];

    /// <summary>The enum of that schema.</summary>
    public EnumEntry Of(EnumSchema schema) => _enums["." + schema.FullName];

    /// <summary>What the message means.</summary>
    public MessageSchema SchemaOf(MessageEntry entry) => Schemas.FindMessage(entry.FullName[1..])!;

    /// <summary>The names of the members of the message.</summary>
    public MemberNames NamesOf(MessageEntry entry)
    {
        if (!_names.TryGetValue(entry, out var names))
        {
            _names.Add(entry, names = new MemberNames(SchemaOf(entry), entry.ClassName));
        }

        return names;
    }

    /// <summary>The extensions that are declared at the top level of the file, with their identifiers.</summary>
    public ExtensionEntry[] ExtensionsOf(FileDescriptorProto file) =>
        Extensions(file.Package ?? "", file.Extensions, CSharpNames.ExtensionsName(file));

    /// <summary>The extensions that are declared in the message, with their identifiers.</summary>
    public ExtensionEntry[] ExtensionsOf(MessageEntry entry) => Extensions(entry.FullName[1..], entry.Message.Extensions, "Extensions");

    /// <summary>The top-level messages of a file.</summary>
    public IEnumerable<MessageEntry> MessagesOf(FileDescriptorProto file) =>
        file.MessageTypes.Select(message => _messages[FullName(file.Package, message.Name!)]);

    /// <summary>The top-level enums of a file.</summary>
    public IEnumerable<EnumEntry> EnumsOf(FileDescriptorProto file) => file.EnumTypes.Select(type => _enums[FullName(file.Package, type.Name!)]);

    /// <summary>The messages declared in a message, those for map entries among them.</summary>
    public IEnumerable<MessageEntry> MessagesOf(MessageEntry parent) =>
        parent.Message.NestedTypes.Select(message => _messages[$"{parent.FullName}.{message.Name}"]);

    /// <summary>The enums declared in a message.</summary>
    public IEnumerable<EnumEntry> EnumsOf(MessageEntry parent) => parent.Message.EnumTypes.Select(type => _enums[$"{parent.FullName}.{type.Name}"]);

    internal static string TypeName(FileDescriptorProto file, MessageEntry? parent, string name)
    {
        if (parent is not null)
        {
            return $"{parent.TypeName}.Types.{name}";
        }

        var space = CSharpNames.Namespace(file);
        return space.Length == 0 ? $"global::{name}" : $"global::{space}.{name}";
    }

    private ExtensionEntry[] Extensions(string scope, List<FieldDescriptorProto> descriptors, string className)
    {
        var schemas = descriptors.ConvertAll(extension => Schemas.FindExtension(scope.Length == 0 ? extension.Name! : $"{scope}.{extension.Name}")!);
        return [.. schemas.Zip(MemberNames.OfExtensions(schemas, className), (schema, name) => new ExtensionEntry(schema, name))];
    }

    private static string FullName(string? package, string name) => string.IsNullOrEmpty(package) ? "." + name : $".{package}.{name}";

    private void Add(
        FileDescriptorProto file, MessageEntry? parent, string scope, List<DescriptorProto> messages, List<EnumDescriptorProto> enums)
    {
        foreach (var type in enums)
        {
            _enums[$"{scope}.{type.Name}"] = new EnumEntry(type, file, parent);
        }

        for (var index = 0; index < messages.Count; index++)
        {
            var name = $"{scope}.{messages[index].Name}";
            var entry = new MessageEntry(messages[index], file, parent, index, name);
            _messages[name] = entry;
            Add(file, entry, name, messages[index].NestedTypes, messages[index].EnumTypes);
        }
    }
}
