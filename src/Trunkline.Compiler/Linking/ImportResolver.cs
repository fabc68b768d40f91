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
            AddVisible(file, target);
        }
    }

    /// <summary>Whether what <paramref name="used"/> declares can be seen by importing <paramref name="imported"/>.</summary>
    public static bool ReachesPublicly(FileSymbol imported, FileSymbol used)
        => imported.Imports.Any(import => import.IsPublic && import.File is { } next && (next == used || ReachesPublicly(next, used)));

    private static void AddVisible(FileSymbol file, FileSymbol target)
    {
        if (!file.Visible.Add(target))
        {
            return;
        }

        foreach (ImportedFile import in target.Imports)
        {
            if (import.IsPublic && import.File is { } next)
            {
                AddVisible(file, next);
            }
        }
    }
}
