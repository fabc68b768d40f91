using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Trunkline.Compiler;

namespace Trunkline.Build;

/// <summary>
/// The MSBuild task behind the <c>Protobuf</c> item: compiles <c>.proto</c> files and writes C# for them. Findings are reported at their place in the
/// source; when there is an error nothing is written. Only files whose content changes are touched, and files that no longer come out are deleted.
/// </summary>
public sealed class CompileProtobuf : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

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

    /// <summary>The files to compile, whether they were written now or stood there already.</summary>
    [Output]
    public ITaskItem[] GeneratedFiles { get; private set; } = [];

    private string StatePath => Path.GetFullPath(StateFile, ProjectDirectory);

    /// <inheritdoc/>
    public override bool Execute()
    {
        var items = ReadItems();
        if (Log.HasLoggedErrors)
        {
            return false;
        }

        try
        {
            Run(items);
        }
        catch (OperationCanceledException)
        {
            // MSBuild reports the cancellation itself.
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.LogError(null, "TL9002", null, null, 0, 0, 0, 0, $"Generated code could not be written: {failure.Message}");
        }

        return !Log.HasLoggedErrors;
    }

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();

    private List<ProtobufItem> ReadItems()
    {
        var items = new List<ProtobufItem>();
        foreach (var item in Files)
        {
            if (ProtobufItem.Read(item, ProjectDirectory, OutputDirectory, out var error) is { } read)
            {
                items.Add(read);
            }
            else
            {
                Log.LogError(null, "TL9001", null, item.ItemSpec, 0, 0, 0, 0, error);
            }
        }

        return items;
    }

    private void Run(List<ProtobufItem> items)
    {
        var last = BuildState.Read(StatePath);
        if (last?.IsCurrent(items) == true)
        {
            Log.LogMessage(MessageImportance.Low, "All generated protobuf code is up to date.");
            GeneratedFiles = [.. last.Outputs.Select(AsItem)];
            return;
        }

        var inputs = new List<string>();
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);

        // Files that search the same folders form one compilation, so that what they share is read once.
        foreach (var group in items.GroupBy(item => string.Join('|', item.ImportDirectories), StringComparer.Ordinal))
        {
            Compile([.. group], inputs, outputs);
        }

        if (Log.HasLoggedErrors)
        {
            return;
        }

        foreach (var (path, content) in outputs)
        {
            WriteIfChanged(path, content);
        }

        foreach (var orphan in (last?.Outputs ?? []).Where(path => !outputs.ContainsKey(path)))
        {
            File.Delete(orphan);
        }

        BuildState.Of(items, inputs, outputs.Keys).Write(StatePath);
        GeneratedFiles = [.. outputs.Keys.Select(AsItem)];
    }

    private void Compile(List<ProtobufItem> items, List<string> inputs, Dictionary<string, string> outputs)
    {
        var result = ProtoCompiler.Compile(
            new CompilerOptions
            {
                ImportRoots = [.. items[0].ImportDirectories.Select(directory => new ImportRoot(directory))],
                Files = [.. items.Select(item => item.FullPath)],
            },
            _cancellation.Token);
        foreach (var diagnostic in result.Diagnostics)
        {
            Report(diagnostic, result);
        }

        inputs.AddRange(result.DiskPaths.Values);
        if (result.Succeeded)
        {
            var names = result.RequestedFiles.ToDictionary(name => Path.GetFullPath(result.DiskPaths[name]), StringComparer.Ordinal);
            foreach (var item in items)
            {
                Generate(item, names[item.FullPath], result, outputs);
            }
        }
    }

    private void Report(Diagnostic diagnostic, CompilationResult result)
    {
        var file = result.DiskPaths.GetValueOrDefault(diagnostic.File, diagnostic.File);
        var span = diagnostic.Span;
        var message = diagnostic.Hint is null ? diagnostic.Message : $"{diagnostic.Message} ({diagnostic.Hint})";
        if (diagnostic.Severity == DiagnosticSeverity.Error)
        {
            Log.LogError(null, diagnostic.Code, null, file, span.Line, span.Column, span.EndLine, span.EndColumn, "{0}", message);
        }
        else
        {
            Log.LogWarning(null, diagnostic.Code, null, file, span.Line, span.Column, span.EndLine, span.EndColumn, "{0}", message);
        }
    }

    private void Generate(ProtobufItem item, string name, CompilationResult result, Dictionary<string, string> outputs)
    {
        Generate(new CSharpGenerator(), item.AccessOption, item, name, result, outputs);
        if (item.Client || item.Server)
        {
            Generate(new CSharpGrpcGenerator(), item.GrpcOptions, item, name, result, outputs);
        }
    }

    private void Generate(
        IGenerator generator, string parameter, ProtobufItem item, string name, CompilationResult result, Dictionary<string, string> outputs)
    {
        var request = new GeneratorRequest { Files = result.Files, FilesToGenerate = [name], Parameter = parameter };
        var generated = generator.Generate(request, _cancellation.Token);
        if (generated.Error is not null)
        {
            Log.LogError(null, "TL9003", null, item.FullPath, 0, 0, 0, 0, "{0}", generated.Error);
            return;
        }

        // Below the folder of the source, since two folders may hold files of one name.
        var folder = Path.Combine(item.OutputDirectory, Path.GetDirectoryName(name)!);
        foreach (var file in generated.Files)
        {
            var path = Path.GetFullPath(Path.Combine(folder, file.Name));
            if (!outputs.TryAdd(path, file.Content))
            {
                Log.LogError(null, "TL9004", null, item.FullPath, 0, 0, 0, 0, $"Two files would be generated as {path}. Rename one, or give them different OutputDir.");
            }
        }
    }

    // As the project's own wildcards would name the file, so that the targets can tell when they have found it already.
    private TaskItem AsItem(string path)
    {
        var relative = Path.GetRelativePath(ProjectDirectory, path);
        return new TaskItem(Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal) ? path : relative);
    }

    private static void WriteIfChanged(string path, string content)
    {
        if (File.Exists(path) && string.Equals(File.ReadAllText(path), content, StringComparison.Ordinal))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
