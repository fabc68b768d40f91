using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.WellKnown;

namespace Trunkline.Compiler.Linking;

/// <summary>
/// Finds what a name means from where it stands. A name is looked up from the innermost scope outwards by its first part; the first scope that knows that part as
/// something with members decides, whether or not the rest is there. Only what the file imports can be found.
/// </summary>
/// <param name="table">All names.</param>
/// <param name="file">The file that the names stand in.</param>
/// <param name="diagnostics">Where names that are not found are reported.</param>
/// <param name="forOptions">Whether extensions out of <c>import option</c> are found too.</param>
internal sealed class NameResolver(SymbolTable table, FileSymbol file, DiagnosticBag diagnostics, bool forOptions = false)
{
    // Each looks at every type there is, and a file in which more names are missing lacks something else.
    private const int MostSuggestions = 20;
    private int _suggestions;

    // What the last lookup ran into, for the wording of its failure.
    private Symbol? _notImported;
    private string? _hiddenBy;

    // Files whose imports have been marked as used; most names of a file come from few others.
    private readonly HashSet<FileSymbol> _used = [];

    /// <summary>Finds a name, or null. A leading point makes it absolute.</summary>
    /// <param name="name">The name as written.</param>
    /// <param name="from">The full name of the element that the name stands in; its own last part is no scope.</param>
    /// <param name="typesOnly">Whether things that are no types are passed over.</param>
    public Symbol? Find(string name, string from, bool typesOnly)
    {
        _notImported = null;
        _hiddenBy = null;
        if (name.StartsWith('.'))
        {
            return Visible(table.Find(name.AsSpan(1)));
        }

        int firstDot = name.IndexOf('.');
        ReadOnlySpan<char> firstPart = firstDot < 0 ? name : name.AsSpan(0, firstDot);
        for (ReadOnlySpan<char> scope = Outer(from); scope.Length > 0; scope = Outer(scope))
        {
            Symbol? first = Visible(table.Find(scope, firstPart));
            if (first is null)
            {
                continue;
            }

            if (firstDot < 0)
            {
                if (!typesOnly || first.IsType)
                {
                    return first;
                }
            }
            else if (first.IsScope)
            {
                string resolved = $"{scope}.{name}";
                Symbol? found = Visible(table.Find(resolved));
                _hiddenBy = found is null ? resolved : null;
                return found;
            }
        }

        return Visible(table.Find(name));
    }

    /// <summary>Where the last <see cref="Find"/> ended up without success because an inner scope knows the first part of the name.</summary>
    public string? HiddenBy => _hiddenBy;

    /// <summary>Reports that the last <see cref="Find"/> found nothing; silent in a file whose imports are broken, where that says nothing.</summary>
    public void ReportNotFound(string name, SourceSpan place)
    {
        if (file.IsIncomplete || name.Length == 0)
        {
            return;
        }

        if (_notImported is not null)
        {
            diagnostics.Add(new NotImported(place, _notImported.FullName, _notImported.File.Name, file.Name));
        }
        else if (_hiddenBy is not null)
        {
            diagnostics.Add(new InnerScopeHides(place, name, _hiddenBy));
        }
        else
        {
            diagnostics.Add(new NotDefined(place, name, FindMeant(name), WellKnownNames.FileOf(name.TrimStart('.'))));
        }
    }

    /// <summary>A type that can be used here, named as it would be written, whose name looks like the one that nothing has.</summary>
    private string? FindMeant(string name)
    {
        if (_suggestions == MostSuggestions)
        {
            return null;
        }

        _suggestions++;
        string lastPart = name[(name.LastIndexOf('.') + 1)..];
        List<Symbol> candidates = [.. table.All.Where(symbol => symbol.IsType && symbol is not MessageSymbol { IsMapEntry: true }
            && (symbol.File == file || file.Visible.Contains(symbol.File)))];
        string? last = candidates.Exists(symbol => symbol.Name == lastPart) ? lastPart : Spelling.Nearest(lastPart, candidates.Select(symbol => symbol.Name));
        return candidates.Find(symbol => symbol.Name == last) is { } meant ? NameFromHere(meant) : null;
    }

    private string NameFromHere(Symbol symbol)
        => file.Package.Length > 0 && symbol.FullName.StartsWith(file.Package + ".", StringComparison.Ordinal) ? symbol.FullName[(file.Package.Length + 1)..] : symbol.FullName;

    private static ReadOnlySpan<char> Outer(ReadOnlySpan<char> scope) => scope[..Math.Max(0, scope.LastIndexOf('.'))];

    /// <summary>What was found, if this file may use it.</summary>
    private Symbol? Visible(Symbol? symbol)
    {
        if (symbol is null)
        {
            return null;
        }

        if (symbol is PackageSymbol package)
        {
            return IsPackageVisible(package) ? symbol : null;
        }

        if (symbol.File == file || file.Visible.Contains(symbol.File) || IsVisibleToOptions(symbol))
        {
            MarkUsed(symbol.File);
            return symbol;
        }

        _notImported = symbol;
        return null;
    }

    private bool IsVisibleToOptions(Symbol symbol)
        => forOptions && symbol is FieldSymbol { IsExtension: true } && file.VisibleToOptions.Contains(symbol.File);

    /// <summary>Files that are imported for options alone bring their packages all the same.</summary>
    private bool IsPackageVisible(PackageSymbol package)
        => IsInPackage(file, package.FullName)
            || file.Visible.Any(other => IsInPackage(other, package.FullName))
            || file.VisibleToOptions.Any(other => IsInPackage(other, package.FullName));

    private static bool IsInPackage(FileSymbol candidate, string package)
        => candidate.Package.StartsWith(package, StringComparison.Ordinal)
            && (candidate.Package.Length == package.Length || candidate.Package[package.Length] == '.');

    private void MarkUsed(FileSymbol used)
    {
        if (used == file || !_used.Add(used))
        {
            return;
        }

        foreach (ImportedFile import in file.Imports)
        {
            if (!import.IsUsed && import.File is { } imported)
            {
                import.IsUsed = imported == used || ImportResolver.ReachesPublicly(imported, used);
            }
        }
    }
}
