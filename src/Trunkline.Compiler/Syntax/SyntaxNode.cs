using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Sources;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Syntax;

/// <summary>A node covers the tokens from <see cref="First"/> to <see cref="Last"/>; names and values are decoded, everything else stays in the text.</summary>
internal abstract class SyntaxNode
{
    public int First { get; set; }

    public int Last { get; set; }
}

/// <summary>A name, dotted where the grammar allows it, or any other run of tokens whose place matters.</summary>
internal sealed class NameSyntax(string text) : SyntaxNode
{
    public string Text { get; } = text;
}

/// <summary>
/// A token that ends a declaration or opens its body. Comments attach at these tokens, in their order; <see cref="Owner"/> is the declaration that gets them, null
/// where there is none (an empty statement, the end of a body).
/// </summary>
internal readonly record struct DeclarationEnd(int Token, SyntaxNode? Owner);

internal enum SyntaxLevel : byte
{
    Proto2,
    Proto3,
    Editions,
}

/// <summary>The tree of a whole file. There is one for any input; <see cref="HasErrors"/> tells that parts are missing.</summary>
internal sealed class FileSyntax(SourceFile source, Token[] tokens) : SyntaxNode
{
    public SourceFile Source { get; } = source;

    public Token[] Tokens { get; } = tokens;

    public SyntaxLevel Level { get; set; }

    /// <summary>The edition; that of proto2 or proto3 in a file with a syntax statement or none.</summary>
    public Edition Edition { get; set; } = Edition.Proto2;

    public SyntaxStatement? SyntaxStatement { get; set; }

    public List<SyntaxNode> Statements { get; } = [];

    public List<DeclarationEnd> Ends { get; } = [];

    public bool HasErrors { get; set; }

    public SourceSpan Span(SyntaxNode node) => Source.Span(Tokens[node.First], Tokens[Math.Max(node.First, node.Last)]);

    public SourceSpan Span(int token) => Source.Span(Tokens[token]);
}
