using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Linking;

internal sealed class MessageSymbol(FileSymbol file, string name, string fullName) : Symbol(file, name, fullName)
{
    private Dictionary<string, FieldSymbol>? _fieldsByName;

    public MessageSymbol? Parent { get; init; }

    /// <summary>Null for the entry type of a map.</summary>
    public MessageSyntax? Syntax { get; init; }

    /// <summary>Whether other files may use it.</summary>
    public bool IsExported => SymbolVisibilityRule.IsExported(Syntax?.Visibility, Parent, File);

    /// <summary>All fields in source order, those of oneofs included.</summary>
    public List<FieldSymbol> Fields { get; } = [];

    /// <summary>Nested messages, groups and map entries in source order.</summary>
    public List<MessageSymbol> Messages { get; } = [];

    public List<EnumSymbol> Enums { get; } = [];

    public List<FieldSymbol> Extensions { get; } = [];

    /// <summary>Declared oneofs in source order, then those that stand for <c>optional</c>.</summary>
    public List<OneofSymbol> Oneofs { get; } = [];

    public List<ExtensionRangeSymbol> ExtensionRanges { get; } = [];

    public List<ReservedRange> ReservedRanges { get; } = [];

    public List<StringSyntax> ReservedNames { get; } = [];

    /// <summary>The range nodes behind <see cref="ReservedRanges"/>, index by index.</summary>
    public List<RangeSyntax> ReservedSyntax { get; } = [];

    public bool IsMapEntry { get; init; }

    public bool IsMessageSet { get; set; }

    public override bool IsScope => true;

    public override bool IsType => true;

    public FieldSymbol? FindField(string name)
    {
        if (_fieldsByName is null)
        {
            _fieldsByName = new Dictionary<string, FieldSymbol>(Fields.Count, StringComparer.Ordinal);
            foreach (FieldSymbol field in Fields)
            {
                _fieldsByName.TryAdd(field.Name, field);
            }
        }

        return _fieldsByName.GetValueOrDefault(name);
    }
}

internal sealed class OneofSymbol(MessageSymbol parent, string name) : Symbol(parent.File, name, $"{parent.FullName}.{name}")
{
    /// <summary>Null when the oneof stands for one field marked <c>optional</c>.</summary>
    public OneofSyntax? Syntax { get; init; }

    public MessageSymbol Parent { get; } = parent;

    public bool IsSynthetic => Syntax is null;
}

internal sealed class ExtensionRangeSymbol(MessageSymbol parent, ExtensionsSyntax statement, RangeSyntax syntax)
    : Symbol(parent.File, parent.Name, parent.FullName)
{
    public ExtensionsSyntax Statement { get; } = statement;

    public RangeSyntax Syntax { get; } = syntax;

    public MessageSymbol Parent { get; } = parent;

    public int Start { get; init; }

    /// <summary>One past the last number.</summary>
    public int End { get; set; }
}
