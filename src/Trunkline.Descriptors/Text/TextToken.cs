namespace Trunkline.Descriptors.Text;

/// <summary>What a token is.</summary>
internal enum TextTokenKind
{
    End,
    Identifier,
    Integer,
    Float,
    String,
    Symbol,
}

/// <summary>A token and its place; lines and columns count from 0 here.</summary>
internal readonly record struct TextToken(TextTokenKind Kind, int Start, int Length, int Line, int Column);
