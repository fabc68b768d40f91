using Trunkline.Descriptors;

namespace Trunkline.Compiler.Syntax;

/// <summary>A message, or the body of a group (then <see cref="Group"/> is the field that declares both).</summary>
internal sealed class MessageSyntax : SyntaxNode
{
    public required NameSyntax Name { get; init; }

    public FieldSyntax? Group { get; init; }

    /// <summary><c>export</c> or <c>local</c> before the declaration, which belongs to no node; null for neither.</summary>
    public SymbolVisibility? Visibility { get; set; }

    /// <summary>Whether this stands for the entries of a map. Source cannot say so; a descriptor does.</summary>
    public bool IsMapEntry { get; init; }

    public List<SyntaxNode> Members { get; } = [];
}

internal sealed class FieldSyntax : SyntaxNode
{
    public FieldLabel? Label { get; set; }

    /// <summary>The token of the label; -1 without one.</summary>
    public int LabelToken { get; set; } = -1;

    public TypeSyntax Type { get; set; } = null!;

    public NameSyntax Name { get; set; } = null!;

    public IntegerSyntax Number { get; set; } = null!;

    public CompactOptionsSyntax? Options { get; set; }

    public MessageSyntax? GroupBody { get; set; }
}

/// <summary>A type as written: a scalar keyword, a name, or <c>map&lt;key, value&gt;</c>.</summary>
internal sealed class TypeSyntax : SyntaxNode
{
    public FieldType? Scalar { get; set; }

    public string? Name { get; set; }

    public TypeSyntax? MapKey { get; set; }

    public TypeSyntax? MapValue { get; set; }

    public bool IsMap => MapKey is not null;
}

internal sealed class OneofSyntax : SyntaxNode
{
    public required NameSyntax Name { get; init; }

    public List<SyntaxNode> Members { get; } = [];
}

internal sealed class ExtendSyntax : SyntaxNode
{
    public required TypeSyntax Extendee { get; init; }

    public List<FieldSyntax> Fields { get; } = [];
}

internal sealed class ExtensionsSyntax : SyntaxNode
{
    public List<RangeSyntax> Ranges { get; } = [];

    public CompactOptionsSyntax? Options { get; set; }
}

internal sealed class ReservedSyntax : SyntaxNode
{
    public List<RangeSyntax> Ranges { get; } = [];

    public List<StringSyntax> Names { get; } = [];
}

/// <summary><c>5</c>, <c>5 to 9</c> or <c>5 to max</c>; both ends belong to the range.</summary>
internal sealed class RangeSyntax : SyntaxNode
{
    public IntegerSyntax Start { get; set; } = null!;

    /// <summary>The same node as <see cref="Start"/> when the range is a single number.</summary>
    public IntegerSyntax End { get; set; } = null!;

    public bool EndsAtMax { get; set; }
}
