using Trunkline.Build.Compilations;
using Trunkline.Build.Generations;
using Trunkline.Build.Items;
using Trunkline.Build.Outputs;
using Trunkline.Build.Reports;
using Trunkline.Build.States;

namespace Trunkline.Build.Builds;

/// <summary>
/// One build that has something to do: compiles what the plan says, generates, and only when all of it went well touches files.
/// </summary>
internal sealed class ProjectBuild(IReadOnlyList<ProtobufItem> items, BuildState? last, GeneratorSet generators, CancellationToken cancellationToken)
{
    private readonly BuildPlan _plan = BuildPlan.Of(items, last);
    private readonly List<GeneratedCode> _code = [];
    private readonly List<WarningRecord> _warnings = [];
    private readonly Dictionary<(string Group, string Path), SourceRecord> _sources = [];
    private readonly HashSet<string> _absent = new(Paths.Comparer);

    /// <summary>What there is to report of this build, in order.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>How many files were compiled again.</summary>
    public int CompiledCount => _plan.Affected.Count;

    private bool HasErrors => Findings.Exists(finding => finding.IsError);

    /// <summary>Builds.</summary>
    /// <returns>The new state without its settings and the items' own warnings, or null when there were errors: then no file was touched.</returns>
    public BuildState? Run(string settings, IReadOnlyList<WarningRecord> itemWarnings)
    {
        Carry();
        foreach (var group in _plan.Affected.GroupBy(item => item.Group, StringComparer.Ordinal))
        {
            Compile([.. group]);
        }

        var outputs = HasErrors ? null : Write();
        if (outputs is null)
        {
            return null;
        }

        return new BuildState
        {
            Tool = ToolStamp.Current(),
            Settings = settings,
            Absent = _absent,
            Sources = Reachable(),
            Items = [.. items.Select(item => _plan.Kept.GetValueOrDefault(item.FullPath)
                ?? new ItemRecord(item.FullPath, item.Group, item.Key, item.CompileOutputs, outputs.GetValueOrDefault(item.FullPath, [])))],
            Warnings = [.. itemWarnings, .. _warnings],
        };
    }

    /// <summary>Takes over what the last build knows, as far as it still holds.</summary>
    private void Carry()
    {
        if (_plan.Kept.Count == 0)
        {
            return;
        }

        foreach (var source in _plan.Sources)
        {
            _sources[(source.Group, source.Path)] = source;
        }

        _absent.UnionWith(last!.Absent);
        var compiled = _plan.Affected.Select(item => item.Group).ToHashSet(StringComparer.Ordinal);
        foreach (var warning in last.Warnings)
        {
            var isKept = _plan.Kept.ContainsKey(warning.Owner) || (!compiled.Contains(warning.Owner) && _plan.Kept.Values.Any(item => Same(item.Group, warning.Owner)));
            if (isKept)
            {
                _warnings.Add(warning);
                Findings.Add(warning.AsFinding());
            }
        }
    }

    private void Compile(List<ProtobufItem> affected)
    {
        var compilation = GroupCompilation.Run(affected, cancellationToken);
        List<SourceRecord> sources = [.. compilation.Sources()];
        if (compilation.Result.Succeeded && MayClash(affected[0].Group, sources))
        {
            // Whatever is wrong lies between files of which only some were compiled; together they tell.
            var all = items.Where(item => Same(item.Group, affected[0].Group)).ToList();
            compilation = GroupCompilation.Run(all, cancellationToken);
            sources = [.. compilation.Sources()];
        }

        Report(compilation, affected);
        _absent.UnionWith(compilation.Absent);
        if (!compilation.Result.Succeeded)
        {
            return;
        }

        sources.ForEach(source => _sources[(source.Group, source.Path)] = source);
        var generation = new CodeGeneration(compilation, generators, cancellationToken);
        generation.Run(affected);
        _code.AddRange(generation.Code);
        Findings.AddRange(generation.Errors);
    }

    /// <summary>Whether what is declared anew could be declared in a file that was not compiled.</summary>
    private bool MayClash(string group, List<SourceRecord> sources)
    {
        var compiled = sources.Select(source => source.Path).ToHashSet(Paths.Comparer);
        var isNew = sources.Exists(source => !_sources.TryGetValue((group, source.Path), out var old) || !source.Declarations.AsSpan().SequenceEqual(old.Declarations));
        return isNew && Declarations.Clash(
            sources.SelectMany(source => source.Declarations),
            _sources.Values.Where(source => Same(source.Group, group) && !compiled.Contains(source.Path)).SelectMany(source => source.Declarations));
    }

    /// <summary>Errors wherever they are; warnings for the files of this project, since those of others are reported where they belong.</summary>
    private void Report(GroupCompilation compilation, List<ProtobufItem> affected)
    {
        var own = affected.Select(item => item.FullPath).ToHashSet(Paths.Comparer);
        var read = compilation.Result.DiskPaths.Values.Select(Path.GetFullPath).ToHashSet(Paths.Comparer);
        foreach (var finding in compilation.Findings)
        {
            var file = finding.Place.File;
            if (finding.IsError)
            {
                Findings.Add(finding);
            }
            else if (own.Contains(file) || !read.Contains(file))
            {
                Findings.Add(finding);
                _warnings.Add(WarningRecord.Of(finding, own.Contains(file) ? file : affected[0].Group));
            }
        }
    }

    /// <summary>Writes what differs and deletes what is no longer wanted.</summary>
    /// <returns>What each compiled item has now, by path; null after an error.</returns>
    private Dictionary<string, List<OutputRecord>>? Write()
    {
        var known = (last?.Items ?? []).SelectMany(item => item.Outputs).Select(output => output.Path).ToHashSet(Paths.Comparer);
        CheckPlaces(known);
        if (HasErrors)
        {
            return null;
        }

        var outputs = new Dictionary<string, List<OutputRecord>>(Paths.Comparer);
        foreach (var code in _code)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!outputs.TryGetValue(code.Item.FullPath, out var records))
            {
                outputs.Add(code.Item.FullPath, records = []);
            }

            records.Add(new OutputRecord(code.Path, OutputFile.Write(code.Path, code.Content.Span)));
        }

        known.ExceptWith(outputs.Values.Concat(_plan.Kept.Values.Select(item => item.Outputs)).SelectMany(records => records).Select(output => output.Path));
        foreach (var orphan in known)
        {
            File.Delete(orphan);
        }

        return outputs;
    }

    private void CheckPlaces(HashSet<string> known)
    {
        var taken = _plan.Kept.Values.SelectMany(item => item.Outputs).Select(output => output.Path).ToHashSet(Paths.Comparer);
        foreach (var code in _code)
        {
            if (!taken.Add(code.Path))
            {
                Findings.Add(Finding.Error(
                    BuildCodes.OutputClash, code.Item.FullPath, $"Two files would be generated as {code.Path}. Rename one, or give them different OutputDir."));
            }
            else if (!known.Contains(code.Path) && OutputFile.IsForeign(code.Path))
            {
                Findings.Add(Finding.Error(
                    BuildCodes.WouldOverwrite,
                    code.Item.FullPath,
                    $"{code.Path} stands where code is to be generated, and does not look generated. Set OutputDir to another folder, or delete the file."));
            }
        }
    }

    /// <summary>The files that the items need; those that only removed items needed fall away.</summary>
    private List<SourceRecord> Reachable()
    {
        var reached = new HashSet<SourceRecord>();
        var waiting = new Stack<(string Group, string Path)>(items.Select(item => (item.Group, item.FullPath)));
        var ordered = new List<SourceRecord>();
        while (waiting.TryPop(out var key))
        {
            if (_sources.TryGetValue(key, out var source) && reached.Add(source))
            {
                ordered.Add(source);
                Array.ForEach(source.Imports, import => waiting.Push((source.Group, import)));
            }
        }

        return ordered;
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
