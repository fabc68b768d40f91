using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Linking;

internal sealed class FieldSymbol(FileSymbol file, string name, string fullName) : Symbol(file, name, fullName)
{
    /// <summary>Null for key and value of a map entry.</summary>
    public FieldSyntax? Syntax { get; init; }

    /// <summary>The message that the field belongs to; for an extension the one that it extends, once that is resolved.</summary>
    public MessageSymbol? ContainingType { get; set; }

    /// <summary>The message that an extension is declared in; null for one at the top of a file and for plain fields.</summary>
    public MessageSymbol? ExtensionScope { get; init; }

    /// <summary>The extend block of an extension; null for a plain field.</summary>
    public ExtendSyntax? Extend { get; init; }

    public bool IsExtension => Extend is not null;

    public int Number { get; init; }

    /// <summary>
    /// Whether a value can be written under the number: the wire form has room for it and, for an extension, it is no number of the extended message's own. One that
    /// is not so is reported where it stands.
    /// </summary>
    public bool HasWritableNumber => IsExtension
        ? Number > 0 && ContainingType is { } extendee && extendee.ExtensionRanges.Exists(range => range.Start <= Number && Number < range.End)
        : Number is > 0 and < SymbolCollector.OnePastLastFieldNumber;

    public FieldLabel Label { get; init; }

    public bool IsRepeated => Label == FieldLabel.Repeated;

    /// <summary>The type as written; for key and value of a map entry the part of the map type.</summary>
    public required TypeSyntax TypeSyntax { get; init; }

    /// <summary>Null until the name of the type is resolved, and when it could not be.</summary>
    public FieldType? Type { get; set; }

    public MessageSymbol? MessageType { get; set; }

    public EnumSymbol? EnumType { get; set; }

    public int? OneofIndex { get; set; }

    public bool IsProto3Optional { get; init; }

    public DefaultSyntax? DefaultSyntax { get; init; }

    public string? DefaultValue { get; set; }

    public string JsonName { get; init; } = "";

    public JsonNameSyntax? JsonNameSyntax { get; init; }

    /// <summary>The <c>packed</c> option; null when it is not set.</summary>
    public bool? PackedOption { get; init; }

    /// <summary>Whether the field, as an option, is for the compiler alone and stays out of descriptors.</summary>
    public bool IsSourceOnly { get; init; }

    /// <summary>What the field, as an option, may be set on, in words such as <c>TARGET_TYPE_FIELD</c>; empty for anything.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The editions that the field, as an option, may be used in; null for any.</summary>
    public FeatureSupport? Support => OptionBytes is { } options ? FieldOptions.Read(options).FeatureSupport : null;

    public bool IsMap => MessageType is { IsMapEntry: true };

    /// <summary>Whether the field tells "absent" from its default.</summary>
    public bool HasPresence => !IsRepeated
        && (IsExtension || OneofIndex is not null || Type is FieldType.Message or FieldType.Group || Features.FieldPresence != FieldPresence.Implicit);

    /// <summary>Whether field and message could have been declared together as a group: the message stands beside the field and differs in case alone.</summary>
    public bool IsLikeGroup => IsDelimited
        && MessageType is { } message
        && message.File == File
        && message.Parent == (IsExtension ? ExtensionScope : ContainingType)
        && string.Equals(message.Name.ToLowerInvariant(), Name, StringComparison.Ordinal);

    public bool IsRequired => Label == FieldLabel.Required || (!IsRepeated && Features.FieldPresence == FieldPresence.LegacyRequired);

    /// <summary>Whether a message stands between tags of its own on the wire instead of behind a length.</summary>
    public bool IsDelimited => Type == FieldType.Group
        || (Type == FieldType.Message && Features.MessageEncoding == MessageEncoding.Delimited && !IsMap && ContainingType is not { IsMapEntry: true });

    public bool IsPackable => IsRepeated && Type is not (null or FieldType.String or FieldType.Bytes or FieldType.Message or FieldType.Group);

    public bool IsPacked => IsPackable && (PackedOption ?? (Features.RepeatedFieldEncoding == RepeatedFieldEncoding.Packed));
}
