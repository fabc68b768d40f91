namespace Trunkline.Agreement.CSharp.Data;

/// <summary>What code did with some bytes: a line for each thing that was tried, in a fixed order.</summary>
internal sealed class Observation
{
    private readonly List<(string Aspect, string Value, bool IsReflective)> _lines = [];

    /// <summary>Notes a value, or the exception that stood in its way.</summary>
    public void Note(string aspect, Func<object?> value) => _lines.Add((aspect, Try(value), false));

    /// <summary>Notes a value that the runtime works out from the descriptor, or the exception that stood in its way.</summary>
    public void NoteReflective(string aspect, Func<object?> value) => _lines.Add((aspect, Try(value), true));

    /// <summary>What was noted under a name.</summary>
    public string? Find(string aspect) => _lines.Find(line => line.Aspect == aspect).Value;

    /// <summary>The lines that differ in the other observation.</summary>
    /// <param name="other">The other.</param>
    /// <param name="withReflective">Whether what comes from the descriptor counts.</param>
    public IEnumerable<(string Aspect, string Mine, string Other)> Differences(Observation other, bool withReflective)
    {
        foreach (((string aspect, string mine, bool isReflective), (string otherAspect, string theirs, _)) in _lines.Zip(other._lines))
        {
            if ((withReflective || !isReflective) && (aspect != otherAspect || mine != theirs))
            {
                yield return (aspect, mine, theirs);
            }
        }

        if (_lines.Count != other._lines.Count)
        {
            yield return ("number of lines", $"{_lines.Count}", $"{other._lines.Count}");
        }
    }

    private static string Try(Func<object?> value)
    {
        try
        {
            return value() switch
            {
                null => "null",
                byte[] bytes => Convert.ToHexString(bytes),
                var other => FormattableString.Invariant($"{other}"),
            };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever the code throws is what it did, and the other code has to do the same.
            Exception cause = exception is System.Reflection.TargetInvocationException { InnerException: { } inner } ? inner : exception;
            return $"{cause.GetType().Name}: {cause.Message}";
        }
    }
}
