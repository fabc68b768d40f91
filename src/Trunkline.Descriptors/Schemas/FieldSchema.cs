using Trunkline.Descriptors.Schemas;

namespace Trunkline.Descriptors;

/// <summary>A field or an extension, linked: what its descriptor, its type and the features around it come to.</summary>
public sealed class FieldSchema
{
    internal FieldSchema(FieldDescriptorProto descriptor, string fullName, string file, FeatureValues features)
    {
        Descriptor = descriptor;
        FullName = fullName;
        File = file;
        Features = features;
    }

    /// <summary>The descriptor.</summary>
    public FieldDescriptorProto Descriptor { get; }

    /// <summary>The simple name.</summary>
    public string Name => Descriptor.Name!;

    /// <summary>The name with the scope that declares the field, without a leading dot.</summary>
    public string FullName { get; }

    /// <summary>The name in JSON.</summary>
    public string JsonName => Descriptor.JsonName ?? InCamelCase(Name);

    /// <summary>The field number.</summary>
    public int Number => Descriptor.Number!.Value;

    /// <summary>The type on the wire; a message between delimiters is <see cref="FieldType.Group"/> however it was declared.</summary>
    public FieldType Type { get; internal set; }

    /// <summary>The kind of a single value.</summary>
    public FieldValueKind Kind { get; internal set; }

    /// <summary>The message that has the field; of an extension, the extended message.</summary>
    public MessageSchema ContainingMessage { get; internal set; } = null!;

    /// <summary>The message in which an extension is declared; null for one declared in a file, and for fields.</summary>
    public MessageSchema? ExtensionScope { get; internal set; }

    /// <summary>The type of a message field.</summary>
    public MessageSchema? Message { get; internal set; }

    /// <summary>The type of an enum field.</summary>
    public EnumSchema? Enum { get; internal set; }

    /// <summary>The oneof the field belongs to, those made for <c>optional</c> of proto3 left out.</summary>
    public OneofSchema? Oneof { get; internal set; }

    /// <summary>Whether this is an extension.</summary>
    public bool IsExtension => Descriptor.Extendee is not null;

    /// <summary>Whether the field holds a list or a map.</summary>
    public bool IsRepeated => Descriptor.Label == FieldLabel.Repeated;

    /// <summary>Whether the field holds a map: a list of entries of a type of its own.</summary>
    public bool IsMap => IsRepeated && Message is { IsMapEntry: true };

    /// <summary>Whether a message without the field is incomplete.</summary>
    public bool IsRequired { get; internal set; }

    /// <summary>Whether values of the type can stand behind one length.</summary>
    public bool IsPackable => FieldTypes.CanBePacked(Type);

    /// <summary>Whether numbers of the list are written behind one length. Both forms are read.</summary>
    public bool IsPacked { get; internal set; }

    /// <summary>Whether a field set to its default differs from one that is not set.</summary>
    public bool HasPresence { get; internal set; }

    /// <summary>Whether text must be UTF-8.</summary>
    public bool IsUtf8Checked { get; internal set; }

    /// <summary>Whether numbers outside the enum are kept among the unknown fields.</summary>
    public bool IsClosedEnum { get; internal set; }

    /// <summary>What a field that is not set counts as. Not for messages, lists and maps.</summary>
    /// <exception cref="InvalidOperationException">The field holds a message, a list or a map.</exception>
    public FieldValue DefaultValue => Kind == FieldValueKind.Message || IsRepeated
        ? throw new InvalidOperationException($"{FullName} holds a message, a list or a map and has no default value.")
        : Default;

    internal string File { get; }

    internal FeatureValues Features { get; set; }

    /// <summary>The position in the message's list of fields; of an extension, -1.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>The default value where there is one.</summary>
    internal FieldValue Default { get; set; }

    /// <summary>How a single value is laid out.</summary>
    internal WireType WireType { get; set; }

    /// <summary>
    /// Whether the field is a group in the sense of proto2, whose name in text is that of its message: the type and the name agree and
    /// both are declared in the same place.
    /// </summary>
    public bool IsGroupLike => Type == FieldType.Group
        && Message!.Name.Equals(Name, StringComparison.OrdinalIgnoreCase) && !Name.Any(char.IsAsciiLetterUpper)
        && Message.File == File
        && Message.ContainingMessage == (IsExtension ? ExtensionScope : ContainingMessage);

    /// <summary>The name that compilers put into descriptors: without underscores, and the letters behind them in upper case.</summary>
    private static string InCamelCase(string name)
        => string.Concat(name.Split('_').Select((part, index) => index == 0 || part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    /// <summary>The full name.</summary>
    public override string ToString() => FullName;
}
