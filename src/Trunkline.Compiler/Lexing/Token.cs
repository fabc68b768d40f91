namespace Trunkline.Compiler.Lexing;

internal enum TokenKind : byte
{
    End,
    Identifier,
    Integer,
    Float,
    String,
    Symbol,
}

/// <summary>
/// One token: a slice of the file's bytes and its place. Lines and columns count from 0 here, the way source info stores them; no token spans lines.
/// </summary>
internal readonly record struct Token(TokenKind Kind, int Start, int Length, int Line, int Column, int EndColumn)
{
    public int End => Start + Length;
}
