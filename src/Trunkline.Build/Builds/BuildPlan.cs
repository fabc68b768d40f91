using Trunkline.Build.Items;
using Trunkline.Build.States;

namespace Trunkline.Build.Builds;

/// <summary>Which items must be compiled again, and what of the last build stands.</summary>
internal sealed class BuildPlan
{
    private BuildPlan(List<ProtobufItem> affected, Dictionary<string, ItemRecord> kept, IReadOnlyList<SourceRecord> sources)
    {
        Affected = affected;
        Kept = kept;
        Sources = sources;
    }

    /// <summary>The items to compile.</summary>
    public List<ProtobufItem> Affected { get; }

    /// <summary>What the last build made of the others, by path.</summary>
    public Dictionary<string, ItemRecord> Kept { get; }

    /// <summary>The files that the last build read, with their times of now.</summary>
    public IReadOnlyList<SourceRecord> Sources { get; }

    /// <summary>Compares the items with the last build.</summary>
    public static BuildPlan Of(IReadOnlyList<ProtobufItem> items, BuildState? last)
    {
        if (last?.Tool.IsCurrent() != true || last.HasArrivals())
        {
            return new BuildPlan([.. items], new Dictionary<string, ItemRecord>(Paths.Comparer), []);
        }

        var changed = last.FindChanged(out _, out var sources);
        var dirty = Dependants(sources, changed);
        var records = new Dictionary<string, ItemRecord>(Paths.Comparer);
        foreach (var record in last.Items)
        {
            records[record.Path] = record;
        }

        var affected = new List<ProtobufItem>();
        var kept = new Dictionary<string, ItemRecord>(Paths.Comparer);
        foreach (var item in items)
        {
            if (records.TryGetValue(item.FullPath, out var record) && string.Equals(record.Key, item.Key, StringComparison.Ordinal)
                && string.Equals(record.Group, item.Group, StringComparison.Ordinal)
                && !dirty.Contains((record.Group, record.Path)) && BuildState.HasOutputs(record))
            {
                kept.Add(item.FullPath, record with { IsCompiled = item.CompileOutputs });
            }
            else
            {
                affected.Add(item);
            }
        }

        return new BuildPlan(affected, kept, sources);
    }

    /// <summary>The changed files and all that import them, however far away.</summary>
    private static HashSet<(string Group, string Path)> Dependants(IReadOnlyList<SourceRecord> sources, HashSet<string> changed)
    {
        var importers = sources
            .SelectMany(source => source.Imports.Select(import => (Imported: (source.Group, import), Importer: source)))
            .ToLookup(edge => edge.Imported, edge => edge.Importer);
        var dirty = new HashSet<(string Group, string Path)>();
        var waiting = new Stack<SourceRecord>(sources.Where(source => changed.Contains(source.Path)));
        while (waiting.TryPop(out var source))
        {
            if (dirty.Add((source.Group, source.Path)))
            {
                foreach (var importer in importers[(source.Group, source.Path)])
                {
                    waiting.Push(importer);
                }
            }
        }

        return dirty;
    }
}
