using System.Collections.Concurrent;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Importing;
using Trunkline.Compiler.Parsing;
using Trunkline.Compiler.Sources;
using Trunkline.Compiler.Syntax;
using Trunkline.Compiler.WellKnown;

namespace Trunkline.Compiler.Linking;

/// <summary>One file of a compilation: its tree, its findings, and where its imports lead.</summary>
internal sealed class GraphFile(string name, SourceSpan namedAt)
{
    public string Name { get; } = name;

    /// <summary>Where it was named first, for what must be said about a file that cannot be read.</summary>
    public SourceSpan NamedAt { get; } = namedAt;

    /// <summary>Null when the file could not be read.</summary>
    public FileSyntax? Syntax { get; set; }

    public DiagnosticBag Diagnostics { get; } = new();

    public List<(ImportSyntax Statement, GraphFile? Target)> Imports { get; } = [];
}

/// <summary>
/// Reads and parses the files asked for and everything that they import, then puts them in order: a file comes after its imports. Files are parsed in waves, those
/// of one wave side by side: a tree needs nothing but its own text. What is observable, the order of files and of findings, is that of reading one by one.
/// </summary>
internal sealed class ImportGraph
{
    /// <summary>Where options and features are declared.</summary>
    public const string DescriptorFile = "google/protobuf/descriptor.proto";

    // Nobody changes a tree once it is parsed, and every compilation needs descriptor.proto at least.
    private static readonly ConcurrentDictionary<string, FileSyntax> CarriedTrees = new(StringComparer.Ordinal);

    // Each looks at every name there is; who misses more imports than this has forgotten a root.
    private const int MostSuggestions = 20;

    private readonly ImportPath _path;
    private readonly Dictionary<string, GraphFile> _files = new(StringComparer.Ordinal);

    private int _suggestions;

    private ImportGraph(ImportPath path) => _path = path;

    /// <summary>All files in dependency order, those that could not be read left out.</summary>
    public IReadOnlyList<GraphFile> Ordered { get; private set; } = [];

    /// <summary>The carried descriptor.proto when it takes part without having been named; null when a file names it.</summary>
    public GraphFile? Unnamed { get; private set; }

    /// <summary>Everything that was touched, in the order in which it was first named.</summary>
    public IEnumerable<GraphFile> AsNamed => _files.Values;

    public static ImportGraph Load(IEnumerable<string> names, ImportPath path, CancellationToken cancellationToken)
    {
        var graph = new ImportGraph(path);
        List<GraphFile> wave = [];
        GraphFile[] roots = [.. names.Select(name => graph.Name(name, SourceSpan.WholeFile(name), wave))];
        while (wave.Count > 0)
        {
            graph.ParseAll(wave, cancellationToken);
            List<GraphFile> next = [];
            wave.ForEach(file => graph.NameImports(file, next));
            wave = next;
        }

        foreach (GraphFile file in graph._files.Values)
        {
            graph.DropMissingImports(file);
        }

        graph.Ordered = Order([graph.OpenDescriptorFile(), .. roots]);
        return graph;
    }

    /// <summary>
    /// Options are fields of messages in descriptor.proto, so that file takes part even where nobody imports it. Then it is the carried one: a file of that name
    /// among the user's sources counts for those that name it.
    /// </summary>
    private GraphFile OpenDescriptorFile()
    {
        if (_files.TryGetValue(DescriptorFile, out GraphFile? named) && named.Syntax is not null)
        {
            return named;
        }

        var carried = new GraphFile(DescriptorFile, SourceSpan.WholeFile(DescriptorFile));
        carried.Syntax = Parse(ImportPath.OpenCarried(DescriptorFile)!, carried.Diagnostics);

        // One of the user's that cannot be read stays named: the report hangs on it.
        _files.TryAdd(DescriptorFile, carried);
        Unnamed = carried;
        return carried;
    }

    /// <summary>What the named files need, themselves included, in dependency order: the order that depth-first reading from those names gives.</summary>
    public IReadOnlyList<GraphFile> OrderFrom(IEnumerable<string> names) => Order(names.Select(name => _files[name]));

    private GraphFile Name(string name, SourceSpan place, List<GraphFile> wave)
    {
        if (!_files.TryGetValue(name, out GraphFile? file))
        {
            file = new GraphFile(name, place);
            _files.Add(name, file);
            wave.Add(file);
        }

        return file;
    }

    private void ParseAll(List<GraphFile> wave, CancellationToken cancellationToken)
    {
        if (wave is [GraphFile alone])
        {
            // To start workers for one file takes longer than to read it.
            Parse(alone);
            return;
        }

        Parallel.ForEach(wave, new ParallelOptions { CancellationToken = cancellationToken }, Parse);
    }

    private void Parse(GraphFile file)
    {
        SourceFile? source = _path.Open(file.Name, file.NamedAt, file.Diagnostics);
        file.Syntax = source is null ? null : Parse(source, file.Diagnostics);
    }

    private static FileSyntax Parse(SourceFile source, DiagnosticBag diagnostics)
    {
        if (source.IsCarried)
        {
            return CarriedTrees.GetOrAdd(source.Name, static (_, carried) => Parser.Parse(carried, new DiagnosticBag()), source);
        }

        return source.Descriptor is null ? Parser.Parse(source, diagnostics) : DescriptorImporter.Import(source, diagnostics);
    }

    private void NameImports(GraphFile file, List<GraphFile> next)
    {
        var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (ImportSyntax import in file.Syntax?.Statements.OfType<ImportSyntax>() ?? [])
        {
            string name = import.Path!.Text;
            SourceSpan place = file.Syntax!.Span(import.Path);
            if (!seen.TryAdd(name, place))
            {
                file.Diagnostics.Add(new DuplicateImport(place, name, seen[name]));
            }

            file.Imports.Add((import, Name(name, place, next)));
        }
    }

    /// <summary>A file that is there and whose name looks like one that is not.</summary>
    private string? MeantBy(string name) => _suggestions++ >= MostSuggestions ? null : Spelling.Nearest(name, WellKnownFiles.All.Concat(_files.Values.Where(file => file.Syntax is not null).Select(file => file.Name)));

    private void DropMissingImports(GraphFile file)
    {
        for (int i = 0; i < file.Imports.Count; i++)
        {
            (ImportSyntax import, GraphFile? target) = file.Imports[i];
            if (target!.Syntax is not null)
            {
                continue;
            }

            if (!target.Diagnostics.HasErrors)
            {
                file.Diagnostics.Add(new ImportNotFound(file.Syntax!.Span(import.Path!), target.Name, _path.Description, MeantBy(target.Name)));
            }

            file.Imports[i] = (import, null);
        }
    }

    /// <summary>Depth first without recursion: an import chain may be longer than a stack is deep.</summary>
    private static List<GraphFile> Order(IEnumerable<GraphFile> roots)
    {
        List<GraphFile> ordered = [];
        var visited = new HashSet<GraphFile>();
        var open = new List<(GraphFile File, int Next)>();
        var isOpen = new HashSet<GraphFile>();
        foreach (GraphFile root in roots)
        {
            Enter(root);
            while (open.Count > 0)
            {
                Step();
            }
        }

        return ordered;

        void Enter(GraphFile file)
        {
            if (file.Syntax is not null && visited.Add(file))
            {
                open.Add((file, 0));
                isOpen.Add(file);
            }
        }

        void Step()
        {
            (GraphFile file, int next) = open[^1];
            if (next == file.Imports.Count)
            {
                open.RemoveAt(open.Count - 1);
                isOpen.Remove(file);
                ordered.Add(file);
                return;
            }

            open[^1] = (file, next + 1);
            if (file.Imports[next].Target is not { } target)
            {
                return;
            }

            if (isOpen.Contains(target))
            {
                ReportCycle(open, file, next, target);
            }
            else
            {
                Enter(target);
            }
        }
    }

    private static void ReportCycle(List<(GraphFile File, int Next)> open, GraphFile file, int import, GraphFile target)
    {
        int start = open.FindIndex(entry => entry.File == target);
        string chain = string.Join(" -> ", open.Skip(start).Select(entry => entry.File.Name).Append(target.Name));
        ImportSyntax statement = file.Imports[import].Statement;
        file.Diagnostics.Add(new ImportCycle(file.Syntax!.Span(statement.Path!), chain));
        file.Imports[import] = (statement, null);
    }
}
