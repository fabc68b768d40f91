using Trunkline.Descriptors;

namespace Trunkline.Compiler.Syntax;

internal sealed class EnumSyntax : SyntaxNode
{
    public required NameSyntax Name { get; init; }

    /// <summary><c>export</c> or <c>local</c> before the declaration, which belongs to no node; null for neither.</summary>
    public SymbolVisibility? Visibility { get; set; }

    public List<SyntaxNode> Members { get; } = [];
}

internal sealed class EnumValueSyntax : SyntaxNode
{
    public NameSyntax Name { get; set; } = null!;

    public IntegerSyntax Number { get; set; } = null!;

    public CompactOptionsSyntax? Options { get; set; }
}
