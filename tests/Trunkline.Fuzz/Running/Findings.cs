using System.Text.RegularExpressions;

namespace Trunkline.Fuzz.Running;

/// <summary>
/// Inputs that broke a law, one for each way of breaking it: two findings are the same when their laws differ in numbers alone. Each is written as
/// TARGET-NAME.bin with the text beside it.
/// </summary>
internal sealed partial class Findings(string directory, IFuzzTarget target, RunState state)
{
    /// <summary>What a failure has in common with others of its kind: the law, which is the first line of the text, or the place of the exception.</summary>
    public static string KindOf(Exception failure)
    {
        string what = failure is BrokenLawException ? failure.Message.Split('\n')[0] : $"{failure.GetType().Name}: {failure.Message} {FirstFrame(failure)}";
        return Numbers().Replace(what, "#");
    }

    /// <summary>Takes a failure; one of a new kind is minimized and written.</summary>
    /// <returns>The file, or null when the kind is known.</returns>
    public async Task<string?> AddAsync(byte[] input, Exception failure)
    {
        string kind = KindOf(failure);
        if (state.Findings.Contains(kind))
        {
            return null;
        }

        state.Findings.Add(kind);
        Write(input, failure);
        byte[] small = await new Minimizer(target).ReduceAsync(input, kind);
        return Write(small, failure);
    }

    /// <summary>Writes an input that cannot be run again: it did not end.</summary>
    public string Write(byte[] input, Exception failure)
    {
        Directory.CreateDirectory(directory);
        string file = Path.Combine(directory, $"{target.Name}-{FuzzCorpus.NameOf(input)}.bin");
        File.WriteAllBytes(file, input);
        File.WriteAllText(Path.ChangeExtension(file, ".txt"), failure + Environment.NewLine);
        return file;
    }

    // Where it was thrown: the topmost frame that is not the runtime's.
    private static string FirstFrame(Exception failure) =>
        (failure.StackTrace ?? "").Split('\n').FirstOrDefault(line => line.Contains("Trunkline.", StringComparison.Ordinal))?.Trim() ?? "";

    [GeneratedRegex("[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}
