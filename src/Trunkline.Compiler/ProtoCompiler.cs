using Trunkline.Compiler.Building;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Features;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Options;
using Trunkline.Compiler.Sources;
using Trunkline.Compiler.Validation;
using Trunkline.Descriptors;

namespace Trunkline.Compiler;

/// <summary>
/// The compiler from <c>.proto</c> files to descriptors. Each phase is a folder; each needs what the ones before it made, for the file and for all that it imports:
/// <list type="number">
/// <item>Linking (ImportPath): which names the files asked for have; everything after this speaks of names, not of paths on disk.</item>
/// <item>Lexing, Parsing: a tree for any input, so that one run can report every fault of a file.</item>
/// <item>Linking: imports first, since they bring names; then symbols, since types may be used before they are declared; then types.</item>
/// <item>Options: needs types, because an option is a field and its value has the type of that field. Those that set features come first.</item>
/// <item>Features: needs those options, and descriptor.proto, which declares what each edition has; the other options need them, because features say how values are
/// written.</item>
/// <item>Validation: needs everything, because rules compare numbers, names, types and options.</item>
/// <item>Building: only for a compilation without errors; there is no such thing as half a descriptor.</item>
/// </list>
/// </summary>
public static class ProtoCompiler
{
    internal static readonly Lazy<FeatureDefaults> CarriedDefaults = new(LinkCarriedDefaults);

    /// <summary>Compiles files. Never throws for what a file contains: faults are diagnostics.</summary>
    /// <param name="options">What to compile and where to look.</param>
    /// <param name="cancellationToken">Ends the compilation early.</param>
    /// <returns>The descriptors, or the diagnostics that say why there are none.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CompilationResult Compile(CompilerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var general = new DiagnosticBag();
        var path = new ImportPath(options, general);
        List<string> requested = FindNames(options, path, general);

        ImportGraph graph = ImportGraph.Load(requested, path, cancellationToken);
        Dictionary<GraphFile, FileSymbol> symbols = Link(graph, cancellationToken);
        List<Diagnostic> diagnostics = [.. general.All, .. graph.AsNamed.SelectMany(file => file.Diagnostics.InSourceOrder)];
        if (!options.Warnings)
        {
            diagnostics.RemoveAll(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning);
        }

        bool failed = general.HasErrors || graph.AsNamed.Any(file => file.Diagnostics.HasErrors);
        IReadOnlyList<FileDescriptorProto> files = failed ? [] : Build(graph, symbols, requested, options);
        return new CompilationResult
        {
            Files = files,
            FilesWithAllOptions = options.RetainOptions && !failed ? BuildRetained(files, graph, symbols, requested, options) : [],
            RequestedFiles = requested,
            Diagnostics = diagnostics,
            DiskPaths = DiskPathsOf(graph),
            Texts = TextsOf(graph, diagnostics),
        };
    }

    private static List<string> FindNames(CompilerOptions options, ImportPath path, DiagnosticBag diagnostics)
    {
        List<string> names = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string file in options.Files)
        {
            if (path.FindName(file, diagnostics) is { } name && seen.Add(name))
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static Dictionary<GraphFile, FileSymbol> Link(ImportGraph graph, CancellationToken cancellationToken)
    {
        var carried = new SymbolTable();
        var named = new SymbolTable(carried);
        var symbols = new Dictionary<GraphFile, FileSymbol>();
        FeatureDefaults? defaults = null;
        foreach (GraphFile file in graph.Ordered)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DiagnosticBag diagnostics = file.Diagnostics;
            SymbolTable table = file == graph.Unnamed ? carried : named;
            SyntaxLevelRules.Check(file.Syntax!, diagnostics);

            // Names of a broken file are declared still, so that files that use them are not blamed.
            FileSymbol symbol = SymbolCollector.Collect(file.Syntax!, table, file.Syntax!.HasErrors ? new DiagnosticBag() : diagnostics);
            symbols.Add(file, symbol);
            ImportResolver.Resolve(symbol, file, symbols);
            if (file.Name != ImportGraph.DescriptorFile)
            {
                symbol.EditionFeatures = (defaults ??= DefaultsFrom(symbols)).For(symbol.Edition);
            }

            if (file.Syntax.HasErrors)
            {
                continue;
            }

            TypeResolver.Resolve(symbol, table, diagnostics);
            DefaultValues.Resolve(symbol, diagnostics);
            var interpreter = new OptionInterpreter(symbol, table, diagnostics);
            interpreter.InterpretFeatures();
            FeatureResolver.Resolve(symbol);
            interpreter.InterpretOthers();
            Validator.Validate(symbol, diagnostics);
        }

        return symbols;
    }

    /// <summary>descriptor.proto comes first of all files; one of the user's own may be older than editions, then the carried one says what the defaults are.</summary>
    private static FeatureDefaults DefaultsFrom(Dictionary<GraphFile, FileSymbol> symbols)
        => symbols.Values.FirstOrDefault(file => file.Name == ImportGraph.DescriptorFile) is { } descriptorFile && FeatureDefaults.From(descriptorFile) is { } defaults
            ? defaults
            : CarriedDefaults.Value;

    private static FeatureDefaults LinkCarriedDefaults()
    {
        var path = new ImportPath(new CompilerOptions { Sources = new MemorySourceProvider() }, new DiagnosticBag());
        ImportGraph graph = ImportGraph.Load([ImportGraph.DescriptorFile], path, CancellationToken.None);
        return FeatureDefaults.From(Link(graph, CancellationToken.None).Values.Single())!;
    }

    /// <summary>Nothing of the linked model changes any more, so its files are written down side by side.</summary>
    private static FileDescriptorProto[] Build(
        ImportGraph graph, Dictionary<GraphFile, FileSymbol> symbols, List<string> requested, CompilerOptions options)
    {
        IReadOnlyList<GraphFile> ordered = graph.OrderFrom(requested);
        var files = new FileDescriptorProto[ordered.Count];
        if (files.Length == 1)
        {
            // To start workers for one file takes longer than to build it.
            files[0] = BuildAt(0);
            return files;
        }

        Parallel.For(0, files.Length, i => files[i] = BuildAt(i));
        return files;

        FileDescriptorProto BuildAt(int index) => Build(symbols[ordered[index]], retainOptions: false, options.IncludeSourceInfo);
    }

    /// <summary>The descriptors with all options; for most files that is what is built already.</summary>
    private static List<FileDescriptorProto> BuildRetained(
        IReadOnlyList<FileDescriptorProto> built, ImportGraph graph, Dictionary<GraphFile, FileSymbol> symbols, List<string> requested, CompilerOptions options)
        => [.. built.Zip(graph.OrderFrom(requested), (descriptor, file)
            => symbols[file].HasRetainedForm ? Build(symbols[file], retainOptions: true, options.IncludeSourceInfo) : descriptor)];

    private static FileDescriptorProto Build(FileSymbol file, bool retainOptions, bool includeSourceInfo)
    {
        FileDescriptorProto descriptor = FileBuilder.Build(file, retainOptions);
        descriptor.SourceCodeInfo = !includeSourceInfo ? null
            : file.Syntax.Source.Descriptor is { } carried ? carried.SourceCodeInfo
            : SourceInfoBuilder.Build(file, retainOptions);
        return descriptor;
    }

    private static Dictionary<string, string> DiskPathsOf(ImportGraph graph)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (GraphFile file in graph.Ordered)
        {
            if (file.Syntax!.Source.DiskPath is { } path)
            {
                paths.Add(file.Name, path);
            }
        }

        return paths;
    }

    /// <summary>Only what findings point into is kept: a result may live long, and thousands of good files need not.</summary>
    private static Dictionary<string, ReadOnlyMemory<byte>> TextsOf(ImportGraph graph, List<Diagnostic> diagnostics)
    {
        HashSet<string> names = [.. diagnostics.SelectMany(diagnostic => diagnostic.Related.Select(related => related.Span.File).Prepend(diagnostic.File))];
        return graph.Ordered.Where(file => names.Contains(file.Name)).ToDictionary(file => file.Name, file => file.Syntax!.Source.MarkedText, StringComparer.Ordinal);
    }
}
