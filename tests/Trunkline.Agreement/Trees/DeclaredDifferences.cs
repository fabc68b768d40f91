namespace Trunkline.Agreement.Trees;

/// <summary>Files on which the compilers are meant to differ: lines of tree, tab, file, tab, reason. Lines that begin with # are for readers.</summary>
internal sealed class DeclaredDifferences
{
    private readonly HashSet<(string Tree, string File)> _entries = [];

    public static DeclaredDifferences Read(string path)
    {
        var declared = new DeclaredDifferences();
        foreach (string line in File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.Split('\t') is not [var tree, var file, { Length: > 0 }])
            {
                throw new InvalidDataException($"{path}: a line has the form tree<TAB>file<TAB>reason, but one is: {line}");
            }

            declared._entries.Add((tree, file));
        }

        return declared;
    }

    public bool Contains(string tree, string file) => _entries.Contains((tree, file));

    public IEnumerable<string> Of(string tree) => _entries.Where(entry => entry.Tree == tree).Select(entry => entry.File);
}
