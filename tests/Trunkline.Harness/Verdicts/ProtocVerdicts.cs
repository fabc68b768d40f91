using System.Collections.Concurrent;
using Trunkline.Harness.Peers;

namespace Trunkline.Harness.Verdicts;

/// <summary>What protoc says of files: a process for each, since a fault in one file may hide those of another.</summary>
public static class ProtocVerdicts
{
    // Enough to keep a small machine busy without taking it over.
    private const int AtATime = 2;

    // What protoc ends with when it has said no; anything else is a crash.
    private const int Refused = 1;

    /// <summary>Asks protoc about one file. A crash of protoc counts as a refusal.</summary>
    /// <param name="root">The import root; protoc's own files are found after it.</param>
    /// <param name="file">The file relative to the root.</param>
    public static Verdict Judge(string root, string file) => Judge([root], file);

    /// <summary>Asks protoc about one file. A crash of protoc counts as a refusal.</summary>
    /// <param name="roots">The import roots, searched in order; protoc's own files are found after them.</param>
    /// <param name="file">The file relative to the first of them that has it.</param>
    public static Verdict Judge(IReadOnlyList<string> roots, string file)
    {
        var (exitCode, errors) = Protoc.TryRun([.. roots.SelectMany(root => new[] { "-I", root }), "-I", Protoc.IncludePath, $"--descriptor_set_out={NullDevice}", file]);
        if (exitCode is not (0 or Refused))
        {
            return new Verdict(false, [$"protoc crashed with exit code {exitCode}"]);
        }

        // protoc names files on disk; a verdict speaks of names below the root.
        return Verdict.Of(exitCode == 0, roots.Aggregate(errors, (text, root) => text.Replace(root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)).Split('\n'));
    }

    /// <summary>Asks protoc about many files, a few at a time.</summary>
    /// <param name="files">Import root and name of each.</param>
    public static IReadOnlyDictionary<(string Root, string File), Verdict> JudgeAll(IEnumerable<(string Root, string File)> files)
    {
        var verdicts = new ConcurrentDictionary<(string Root, string File), Verdict>();
        Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, input => verdicts[input] = Judge(input.Root, input.File));
        return verdicts;
    }

    private static string NullDevice => OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
}
