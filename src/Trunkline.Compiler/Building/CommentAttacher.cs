using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Syntax;

namespace Trunkline.Compiler.Building;

/// <summary>The comments of one declaration.</summary>
internal sealed record AttachedComments(string Leading, string Trailing, IReadOnlyList<string> Detached);

/// <summary>
/// Hands comments to declarations. What stands before a declaration is met before it is known where the declaration ends, so it waits: at each token that ends one or
/// opens its body, the waiting comments go to it together with those that trail the token, and what follows waits for the next.
/// </summary>
internal static class CommentAttacher
{
    public static Dictionary<SyntaxNode, AttachedComments> Attach(FileSyntax file)
    {
        var attached = new Dictionary<SyntaxNode, AttachedComments>();
        ReadOnlySpan<byte> text = file.Source.Text.Span;
        GapComments first = CommentReader.Read(text, null, file.Tokens[0]);
        string leading = first.Leading;
        IReadOnlyList<string> detached = first.Detached;
        foreach (DeclarationEnd end in file.Ends)
        {
            Token token = file.Tokens[end.Token];
            GapComments gap = CommentReader.Read(text, token, file.Tokens[end.Token + 1]);
            if (end.Owner is not null)
            {
                if (leading.Length > 0 || gap.Trailing.Length > 0 || detached.Count > 0)
                {
                    attached[end.Owner] = new AttachedComments(leading, gap.Trailing, detached);
                }

                detached = gap.Detached;
            }
            else
            {
                // The end of a body drops what waited inside it; an empty statement lets it wait on.
                detached = text[token.Start] == '}' ? gap.Detached : [.. detached, .. gap.Detached];
            }

            leading = gap.Leading;
        }

        return attached;
    }
}
