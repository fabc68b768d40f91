using Trunkline.Descriptors.Schemas;

namespace Trunkline.Descriptors;

/// <summary>
/// The types of a set of files, linked to each other: the view of descriptors that dynamic messages, the text form and the JSON form work on.
/// Immutable, and safe to use from any thread, once it is made.
/// </summary>
public sealed class SchemaRegistry
{
    private readonly Dictionary<string, MessageSchema> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EnumSchema> _enums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FieldSchema> _extensions = new(StringComparer.Ordinal);

    private SchemaRegistry()
    {
    }

    /// <summary>The message types, those of map entries among them.</summary>
    public IReadOnlyCollection<MessageSchema> Messages => _messages.Values;

    /// <summary>The extensions.</summary>
    public IReadOnlyCollection<FieldSchema> Extensions => _extensions.Values;

    /// <summary>Links files. They may come in any order; every file that they import must be among them.</summary>
    /// <exception cref="SchemaException">The files do not fit together.</exception>
    public static SchemaRegistry Create(params IEnumerable<FileDescriptorProto> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var registry = new SchemaRegistry();
        new SchemaBuilder(registry).Build([.. files]);
        return registry;
    }

    /// <summary>The message type with this full name, without a leading dot, or null.</summary>
    public MessageSchema? FindMessage(string fullName) => _messages.GetValueOrDefault(fullName);

    /// <summary>The enum type with this full name, without a leading dot, or null.</summary>
    public EnumSchema? FindEnum(string fullName) => _enums.GetValueOrDefault(fullName);

    /// <summary>The extension with this full name, without a leading dot, or null.</summary>
    public FieldSchema? FindExtension(string fullName) => _extensions.GetValueOrDefault(fullName);

    internal void Add(MessageSchema message) => _messages.Add(message.FullName, message);

    internal void Add(EnumSchema type) => _enums.Add(type.FullName, type);

    internal void Add(FieldSchema extension) => _extensions.Add(extension.FullName, extension);
}
