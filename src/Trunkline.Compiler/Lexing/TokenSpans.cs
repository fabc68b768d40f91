using Trunkline.Compiler.Sources;

namespace Trunkline.Compiler.Lexing;

/// <summary>The places of tokens. Here and not on the file, so that a source file knows nothing of what is cut from it.</summary>
internal static class TokenSpans
{
    public static SourceSpan Span(this SourceFile file, Token token) => file.Span(token.Line, token.Column, token.Line, token.EndColumn);

    public static SourceSpan Span(this SourceFile file, Token first, Token last) => file.Span(first.Line, first.Column, last.Line, last.EndColumn);
}
