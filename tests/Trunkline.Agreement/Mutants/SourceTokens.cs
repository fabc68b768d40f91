using System.Text.RegularExpressions;

namespace Trunkline.Agreement.Mutants;

/// <summary>Cuts source text into pieces to shuffle. Comments go; what is no token by the language is still a piece.</summary>
internal static partial class SourceTokens
{
    public static string[] Cut(string text) => [.. Piece().Matches(text).Select(match => match.Value).Where(piece => !piece.StartsWith("//", StringComparison.Ordinal) && !piece.StartsWith("/*", StringComparison.Ordinal))];

    [GeneratedRegex("""//[^\n]*|/\*([^*]|\*[^/])*\*/|[A-Za-z_][A-Za-z_0-9]*|[0-9][A-Za-z0-9.+]*|"(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])*'|\S""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Piece();
}
