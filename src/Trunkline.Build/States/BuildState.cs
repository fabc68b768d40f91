using Trunkline.Build.Items;

namespace Trunkline.Build.States;

/// <summary>
/// What the last build read and wrote, kept in a text file under obj. A build whose settings, inputs and outputs are the same has nothing to do; one of whose inputs
/// some changed does only what hangs on these.
/// </summary>
internal sealed class BuildState
{
    /// <summary>Which compiler built; see <see cref="ToolStamp"/>.</summary>
    public required ToolStamp Tool { get; init; }

    /// <summary>The hash of all items and properties.</summary>
    public required string Settings { get; init; }

    /// <summary>Places where an import was looked for in vain: a file there would be found by the next build.</summary>
    public required IReadOnlyCollection<string> Absent { get; init; }

    /// <summary>All files that were read.</summary>
    public required IReadOnlyList<SourceRecord> Sources { get; init; }

    /// <summary>All items.</summary>
    public required IReadOnlyList<ItemRecord> Items { get; init; }

    /// <summary>The warnings that stand.</summary>
    public required IReadOnlyList<WarningRecord> Warnings { get; init; }

    /// <summary>Holds the files that were read against those on disk.</summary>
    /// <param name="wasTouched">Whether a file has another time and the same content: the state should be written anew, or the next build will read the file, too.</param>
    /// <param name="touched">The records as they are now.</param>
    /// <returns>The paths whose content has changed, or is gone.</returns>
    public HashSet<string> FindChanged(out bool wasTouched, out IReadOnlyList<SourceRecord> touched)
    {
        var changed = new HashSet<string>(Paths.Comparer);
        SourceRecord[]? current = null;
        for (var i = 0; i < Sources.Count; i++)
        {
            var source = Sources[i];
            var stamp = FileStamp.Of(source.Path);
            if (stamp == source.Stamp)
            {
                continue;
            }

            if (stamp is { } other && string.Equals(FileStamp.HashOf(source.Path), source.Hash, StringComparison.Ordinal))
            {
                current ??= [.. Sources];
                current[i] = source with { Stamp = other };
            }
            else
            {
                changed.Add(source.Path);
            }
        }

        wasTouched = current is not null;
        touched = current ?? Sources;
        return changed;
    }

    /// <summary>The same with other records of sources.</summary>
    public BuildState With(IReadOnlyList<SourceRecord> sources)
        => new() { Tool = Tool, Settings = Settings, Absent = Absent, Sources = sources, Items = Items, Warnings = Warnings };

    /// <summary>Whether a file has appeared where one was looked for.</summary>
    public bool HasArrivals()
    {
        foreach (var path in Absent)
        {
            if (Path.Exists(path))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether all of an item's code is there as it was written.</summary>
    public static bool HasOutputs(ItemRecord item)
    {
        foreach (var output in item.Outputs)
        {
            if (FileStamp.Of(output.Path) != output.Stamp)
            {
                return false;
            }
        }

        return true;
    }
}
