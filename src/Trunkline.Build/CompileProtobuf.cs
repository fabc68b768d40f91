using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Trunkline.Build.Builds;
using Trunkline.Build.Generations;
using Trunkline.Build.Items;
using Trunkline.Build.Outputs;
using Trunkline.Build.Reports;
using Trunkline.Build.States;

namespace Trunkline.Build;

/// <summary>
/// The MSBuild task behind the <c>Protobuf</c> item: compiles <c>.proto</c> files and writes C# for them. Findings are reported at their place in the
/// source; when there is an error nothing is written. Only files whose content changes are touched, and files that no longer come out are deleted.
/// </summary>
public sealed class CompileProtobuf : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private BuildState? _last;

    /// <summary>The items, with their metadata.</summary>
    [Required]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>The folder of the project; relative paths start here.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>Where generated files go unless an item says otherwise.</summary>
    [Required]
    public string OutputDirectory { get; set; } = "";

    /// <summary>Where the task notes what it has done.</summary>
    [Required]
    public string StateFile { get; set; } = "";

    /// <summary>More folders to search for imports, for all items: those of packages and of projects that this one refers to.</summary>
    public ITaskItem[] ImportDirectories { get; set; } = [];

    /// <summary>The root of files that lie outside the project and name none; by default each is its own folder's.</summary>
    public string OutsideRoot { get; set; } = "";

    /// <summary>
    /// Whether an editor asks, which needs the list of files most when something is wrong: errors are shown as warnings then, and the code of the last build stays.
    /// </summary>
    public bool DesignTime { get; set; }

    /// <summary>The generated files that are compiled with the project, whether they were written now or stood there already.</summary>
    [Output]
    public ITaskItem[] GeneratedFiles { get; private set; } = [];

    /// <summary>All files that the task keeps: code, compiled or not, and its own notes.</summary>
    [Output]
    public ITaskItem[] WrittenFiles { get; private set; } = [];

    /// <summary>All files that decide what comes out: those of the items and all that they import, wherever these lie.</summary>
    [Output]
    public ITaskItem[] SourceFiles { get; private set; } = [];

    internal GeneratorSet? Generators { get; set; }

    internal int CompiledCount { get; private set; }

    private string StatePath => Path.GetFullPath(StateFile, ProjectDirectory);

    /// <inheritdoc/>
    public override bool Execute()
    {
        var report = new TaskReport(Log, BuildEngine, DesignTime);
        try
        {
            Run(report);
        }
        catch (OperationCanceledException)
        {
            // MSBuild reports the cancellation itself.
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            report.Add(Finding.Error(BuildCodes.NotWritten, BuildEngine.ProjectFileOfTaskNode, $"Generated code could not be written: {failure.Message}"));
        }
#pragma warning disable CA1031 // A fault of ours must end as one line that names it, not as a dump of MSBuild's stack.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            report.AddFault(fault);
        }

        if (report.HasErrors)
        {
            ReturnLast();
        }

        return DesignTime || !report.HasErrors;
    }

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();

    private void Run(TaskReport report)
    {
        _last = States.StateFile.Read(StatePath);
        var places = Places();
        var settings = Settings.HashOf(Files, places);
        if (_last is not null && IsCurrent(_last, settings, out var refreshed))
        {
            if (!ReferenceEquals(refreshed, _last))
            {
                Write(refreshed);
            }

            Repeat(report, refreshed.Warnings);
            Return(refreshed);
            Log.LogMessage(MessageImportance.Low, "All generated protobuf code is up to date.");
            return;
        }

        Build(report, places, settings);
    }

    private void Build(TaskReport report, ProjectPlaces places, string settings)
    {
        var reader = new ItemReader(places);
        var items = reader.Read(Files);
        List<WarningRecord> warnings = [.. reader.Warnings.Select(warning => WarningRecord.Of(Finding.Warning(BuildCodes.OddItem, warning.Include, warning.Message), ""))];
        Repeat(report, warnings);
        reader.Errors.ForEach(error => report.Add(Finding.Error(BuildCodes.BadItem, error.Include, error.Message)));
        if (report.HasErrors)
        {
            return;
        }

        var build = new ProjectBuild(items, _last, Generators ?? GeneratorSet.CSharp, _cancellation.Token);
        CompiledCount = build.CompiledCount;
        var state = build.Run(settings, warnings);
        build.Findings.ForEach(report.Add);
        if (state is not null)
        {
            Write(state);
            Return(state);
            Log.LogMessage(MessageImportance.Low, "{0} of {1} .proto files were compiled.", build.CompiledCount, items.Count);
        }
    }

    private ProjectPlaces Places() => new()
    {
        ProjectDirectory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(ProjectDirectory)),
        OutputDirectory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(OutputDirectory, ProjectDirectory)),
        OutsideRoot = OutsideRoot.Length == 0 ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(OutsideRoot, ProjectDirectory)),
        ImportDirectories = Array.ConvertAll(ImportDirectories, item => Path.TrimEndingDirectorySeparator(Path.GetFullPath(item.ItemSpec, ProjectDirectory))),
    };

    private static bool IsCurrent(BuildState last, string settings, out BuildState refreshed)
    {
        refreshed = last;
        if (!string.Equals(last.Settings, settings, StringComparison.Ordinal) || !last.Tool.IsCurrent() || last.HasArrivals())
        {
            return false;
        }

        if (last.FindChanged(out var wasTouched, out var sources).Count > 0)
        {
            return false;
        }

        foreach (var item in last.Items)
        {
            if (!BuildState.HasOutputs(item))
            {
                return false;
            }
        }

        if (wasTouched)
        {
            refreshed = last.With(sources);
        }

        return true;
    }

    private static void Repeat(TaskReport report, IReadOnlyList<WarningRecord> warnings)
    {
        foreach (var warning in warnings)
        {
            report.Add(warning.AsFinding());
        }
    }

    private void Write(BuildState state) => OutputFile.Replace(StatePath, System.Text.Encoding.UTF8.GetBytes(States.StateFile.Write(state)));

    /// <summary>What the last good build left, so that an editor keeps its model and no later target takes the files for leftovers.</summary>
    private void ReturnLast()
    {
        if (_last is not null)
        {
            Return(_last);
        }
    }

    private void Return(BuildState state)
    {
        var compiled = new List<ITaskItem>(state.Items.Count);
        var written = new List<ITaskItem>(state.Items.Count + 1) { ItemText.ForPath(StatePath) };
        foreach (var item in state.Items)
        {
            foreach (var output in item.Outputs)
            {
                var file = AsItem(output.Path);
                written.Add(file);
                if (item.IsCompiled)
                {
                    compiled.Add(file);
                }
            }
        }

        GeneratedFiles = [.. compiled];
        WrittenFiles = [.. written];
        SourceFiles = [.. state.Sources.Select(source => ItemText.ForPath(source.Path))];
    }

    // As the project's own wildcards would name the file, so that the targets can tell when they have found it already.
    private TaskItem AsItem(string path) => ItemText.ForPath(Paths.Below(ProjectDirectory, path) ?? path);
}
