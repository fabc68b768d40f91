using System.Text.RegularExpressions;

namespace Trunkline.Harness.Verdicts;

/// <summary>What a compiler says of one file.</summary>
/// <param name="Compiles">Whether it accepts the file.</param>
/// <param name="Errors">The lines about errors in the order in which they were printed, as <c>file:line:column: message</c>.</param>
public sealed partial record Verdict(bool Compiles, IReadOnlyList<string> Errors)
{
    private const string WarningMark = ": warning: ";

    /// <summary>Reads the verdict out of what a compiler printed.</summary>
    /// <param name="compiles">Whether it accepts the file.</param>
    /// <param name="printed">The lines that it printed, warnings among them.</param>
    public static Verdict Of(bool compiles, IEnumerable<string> printed)
        => new(compiles, compiles ? [] : [.. printed.Where(line => line.Length > 0 && !line.Contains(WarningMark, StringComparison.Ordinal))]);

    /// <summary>
    /// Whether <paramref name="peer"/>'s first error is said here too, in the same words and about the same place. Where it stands among the others is not
    /// compared: a peer that stops after its first failing phase has another order. Where the peer names a file alone, a place in it is as good.
    /// </summary>
    public bool SaysFirstErrorOf(Verdict peer)
        => peer.Errors is not [var first, ..] || Errors.Contains(first, StringComparer.Ordinal) || (!Place().IsMatch(first) && SaysFirstWordsOf(peer));

    /// <summary>Whether <paramref name="peer"/>'s first error is said here too, in the same words about whatever place.</summary>
    public bool SaysFirstWordsOf(Verdict peer)
        => peer.Errors is not [var first, ..] || Errors.Select(WordsOf).Contains(WordsOf(first), StringComparer.Ordinal);

    private static string WordsOf(string error)
        => Place().Match(error) is { Success: true } place ? error[(place.Index + place.Length)..] : error[(error.IndexOf(": ", StringComparison.Ordinal) + 1)..].TrimStart();

    [GeneratedRegex(@":\d+:\d+: ", RegexOptions.NonBacktracking)]
    private static partial Regex Place();

    /// <summary>The verdict in one line.</summary>
    public override string ToString() => Compiles ? "compiles" : Errors is [var first, ..] ? first : "refused without a word";
}
