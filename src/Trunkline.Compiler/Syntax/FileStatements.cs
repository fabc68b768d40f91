namespace Trunkline.Compiler.Syntax;

internal sealed class SyntaxStatement : SyntaxNode
{
    public bool IsEdition { get; set; }

    public StringSyntax? Value { get; set; }
}

internal sealed class PackageSyntax : SyntaxNode
{
    public NameSyntax? Name { get; set; }
}

internal enum ImportKind : byte
{
    Plain,
    Public,
    Weak,

    /// <summary><c>import option</c>: what the file declares may be used in options only.</summary>
    Option,
}

internal sealed class ImportSyntax : SyntaxNode
{
    public ImportKind Kind { get; set; }

    /// <summary>The token <c>public</c>, <c>weak</c> or <c>option</c>; -1 in a plain import.</summary>
    public int KindToken { get; set; } = -1;

    public StringSyntax? Path { get; set; }
}
