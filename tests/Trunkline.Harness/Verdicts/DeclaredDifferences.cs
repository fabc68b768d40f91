namespace Trunkline.Harness.Verdicts;

/// <summary>
/// A list of inputs on which two compilers may differ, with reasons: a line that begins with <c># </c> is the reason for the inputs named below it, one a line. A
/// first line of <c>##</c> is a remark. The list is checked both ways, so that it never says more or less than is true.
/// </summary>
public sealed class DeclaredDifferences
{
    private readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);

    private DeclaredDifferences()
    {
    }

    /// <summary>The inputs listed.</summary>
    public IReadOnlyCollection<string> Inputs => _reasons.Keys;

    /// <summary>The reasons given.</summary>
    public IEnumerable<string> Reasons => _reasons.Values.Distinct(StringComparer.Ordinal);

    /// <summary>Reads a list.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">An input has no reason, or is listed twice.</exception>
    public static DeclaredDifferences Read(string path)
    {
        var declared = new DeclaredDifferences();
        string? reason = null;
        foreach (string line in File.ReadLines(path).Select(line => line.Trim()))
        {
            if (line.Length == 0 || line.StartsWith("##", StringComparison.Ordinal))
            {
                continue;
            }

            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                reason = line[2..];
            }
            else if (reason is null || !declared._reasons.TryAdd(line, reason))
            {
                throw new FormatException($"{path}: {line} has no reason above it or is listed twice");
            }
        }

        return declared;
    }

    /// <summary>Holds the list against what was found.</summary>
    /// <param name="found">Each input that differs, with words about how.</param>
    /// <returns>One line for each difference that is not listed and for each that is listed and was not found.</returns>
    public IReadOnlyList<string> Check(IReadOnlyDictionary<string, string> found)
    {
        var undeclared = found.Where(difference => !_reasons.ContainsKey(difference.Key)).Select(difference => $"not declared: {difference.Key}: {difference.Value}");
        var vanished = _reasons.Keys.Where(input => !found.ContainsKey(input)).Select(input => $"declared, but there is none: {input}");
        return [.. undeclared.Concat(vanished).Order(StringComparer.Ordinal)];
    }
}
