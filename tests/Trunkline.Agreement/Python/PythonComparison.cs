using Trunkline.Agreement.Trees;
using Trunkline.Harness.Peers;

namespace Trunkline.Agreement.Python;

/// <summary>
/// Compares the Python code of a tree. Many files go through in one run; where a run fails, the files that it blames go alone; where nobody is blamed or the code
/// differs, the files are halved until it is known which one it is. A file that protoc 3.21 cannot read has no verdict: it is older than what the file needs.
/// </summary>
internal sealed class PythonComparison(SourceTree tree)
{
    private const int FilesAtOnce = 400;

    public int Equal { get; private set; }

    public int Unread { get; private set; }

    public int OutputFiles { get; private set; }

    /// <summary>What differs: the file, and how.</summary>
    public List<(string File, string What)> Differences { get; } = [];

    public void Run()
    {
        foreach (string[] chunk in tree.Files.Chunk(FilesAtOnce))
        {
            Compare(chunk);
        }
    }

    private void Compare(ReadOnlySpan<string> files)
    {
        string[] names = files.ToArray();
        var asked = Task.Run(() => PythonProtoc.Make(tree.Roots, names));
        (SortedDictionary<string, byte[]>? ours, string ourErrors) = OurPython.Make(tree, names);
        (SortedDictionary<string, byte[]>? theirs, string theirErrors) = asked.GetAwaiter().GetResult();
        if (ours is not null && theirs is not null && FirstDifference(ours, theirs) is null)
        {
            Equal += names.Length;
            OutputFiles += ours.Count;
        }
        else if (names.Length > 1)
        {
            Divide(names, Blamed(names, $"{ourErrors}\n{theirErrors}"));
        }
        else if (theirs is null)
        {
            Unread++;
        }
        else
        {
            Differences.Add((names[0], ours is null ? $"only Trunkline refuses: {ourErrors}" : $"{FirstDifference(ours, theirs)} differs"));
        }
    }

    private void Divide(string[] names, HashSet<string> blamed)
    {
        if (blamed.Count == 0 || blamed.Count == names.Length)
        {
            Compare(names.AsSpan(0, names.Length / 2));
            Compare(names.AsSpan(names.Length / 2));
            return;
        }

        Compare(names.Where(name => !blamed.Contains(name)).ToArray());
        foreach (string name in blamed)
        {
            Compare([name]);
        }
    }

    /// <summary>The files that errors are about; both compilers write a file's name, or the path to it, in front of the place.</summary>
    private static HashSet<string> Blamed(string[] names, string errors)
    {
        HashSet<string> files = [.. errors.Split('\n').Where(line => !line.Contains(" warning: ", StringComparison.Ordinal)).Select(line => line.Split(':')[0])];
        files.IntersectWith(names);
        return files;
    }

    private static string? FirstDifference(SortedDictionary<string, byte[]> ours, SortedDictionary<string, byte[]> theirs)
        => ours.Keys.Union(theirs.Keys).FirstOrDefault(name
            => !ours.TryGetValue(name, out byte[]? our) || !theirs.TryGetValue(name, out byte[]? their) || !our.AsSpan().SequenceEqual(their));
}
