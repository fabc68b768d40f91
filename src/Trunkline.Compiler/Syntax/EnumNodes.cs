namespace Trunkline.Compiler.Syntax;

internal sealed class EnumSyntax : SyntaxNode
{
    public required NameSyntax Name { get; init; }

    public List<SyntaxNode> Members { get; } = [];
}

internal sealed class EnumValueSyntax : SyntaxNode
{
    public NameSyntax Name { get; set; } = null!;

    public IntegerSyntax Number { get; set; } = null!;

    public CompactOptionsSyntax? Options { get; set; }
}
