using Trunkline.Agreement.Compilers;

namespace Trunkline.Agreement.Trees;

/// <summary>
/// Compares both compilers on a tree. Many files go through in one run; where the runs differ or fail, the files are halved until it is known which one it is, so
/// that each file gets a verdict of its own at the price of few processes.
/// </summary>
internal sealed class TreeComparison(SourceTree tree, IReadOnlyList<DescriptorForm> forms)
{
    private const int FilesAtOnce = 400;

    public int Accepted { get; private set; }

    public int Refused { get; private set; }

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
        Task<Outcome> protoc = Task.Run(() => Protoc.Compile(tree, names, forms));
        Outcome ours = OurCompiler.Compile(tree, names, forms);
        Outcome theirs = protoc.GetAwaiter().GetResult();
        if (ours.Compiles && theirs.Compiles && FirstDifferentForm(ours, theirs) is null)
        {
            Accepted += names.Length;
        }
        else if (names.Length == 1)
        {
            Judge(names[0], ours, theirs);
        }
        else
        {
            Compare(files[..(names.Length / 2)]);
            Compare(files[(names.Length / 2)..]);
        }
    }

    private void Judge(string file, Outcome ours, Outcome theirs)
    {
        if (ours.Compiles != theirs.Compiles)
        {
            Differences.Add((file, ours.Compiles ? $"only protoc refuses: {theirs.Errors}" : $"only Trunkline refuses: {ours.Errors}"));
        }
        else if (ours.Compiles)
        {
            Differences.Add((file, $"the sets differ ({FirstDifferentForm(ours, theirs)!.Name})"));
        }
        else
        {
            Refused++;
        }
    }

    private DescriptorForm? FirstDifferentForm(Outcome ours, Outcome theirs)
        => forms.Where((_, i) => !ours.Sets![i].AsSpan().SequenceEqual(theirs.Sets![i])).FirstOrDefault();
}
