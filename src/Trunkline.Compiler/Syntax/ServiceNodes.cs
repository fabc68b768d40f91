namespace Trunkline.Compiler.Syntax;

internal sealed class ServiceSyntax : SyntaxNode
{
    public required NameSyntax Name { get; init; }

    public List<SyntaxNode> Members { get; } = [];
}

internal sealed class MethodSyntax : SyntaxNode
{
    public NameSyntax Name { get; set; } = null!;

    public MethodTypeSyntax Input { get; set; } = null!;

    public MethodTypeSyntax Output { get; set; } = null!;

    public List<OptionSyntax> Options { get; } = [];

    /// <summary>Whether braces follow, be they empty.</summary>
    public bool HasBody { get; set; }
}

internal sealed class MethodTypeSyntax : SyntaxNode
{
    /// <summary>The token <c>stream</c>; -1 without one.</summary>
    public int StreamToken { get; set; } = -1;

    public TypeSyntax Type { get; set; } = null!;
}
