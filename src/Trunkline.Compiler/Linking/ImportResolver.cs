namespace Trunkline.Compiler.Linking;

/// <summary>Connects a file's imports to their symbols and works out whose names may be used in it.</summary>
internal static class ImportResolver
{
    /// <summary>Connects the imports; every imported file must have its symbols already.</summary>
    public static void Resolve(FileSymbol file, GraphFile graphFile, IReadOnlyDictionary<GraphFile, FileSymbol> symbols)
    {
        file.IsIncomplete = file.Syntax.HasErrors;
        for (int i = 0; i < file.Imports.Count; i++)
        {
            FileSymbol? target = graphFile.Imports[i].Target is { } imported ? symbols.GetValueOrDefault(imported) : null;
            file.Imports[i].File = target;
            if (target is null)
            {
                file.IsIncomplete = true;
                continue;
            }

            file.IsIncomplete |= target.IsIncomplete;
            AddPublicly(file.Imports[i].IsForOptions ? file.VisibleToOptions : file.Visible, target);
        }
    }

    /// <summary>Whether what <paramref name="used"/> declares can be seen by importing <paramref name="imported"/>.</summary>
    public static bool ReachesPublicly(FileSymbol imported, FileSymbol used)
    {
        var seen = new HashSet<FileSymbol>();
        AddPublicly(seen, imported);
        return seen.Contains(used);
    }

    /// <summary>Adds a file and all that it imports publicly; without recursion, since a chain may be longer than a stack is deep.</summary>
    private static void AddPublicly(HashSet<FileSymbol> files, FileSymbol first)
    {
        var waiting = new Stack<FileSymbol>();
        waiting.Push(first);
        while (waiting.TryPop(out FileSymbol? file))
        {
            if (!files.Add(file))
            {
                continue;
            }

            foreach (ImportedFile import in file.Imports)
            {
                if (import.IsPublic && import.File is { } next)
                {
                    waiting.Push(next);
                }
            }
        }
    }
}
