using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Trunkline.Build.Generations;

namespace Trunkline.Build.Tests;

/// <summary>A project's folder with <c>.proto</c> files, and the task run over it as the targets run it.</summary>
internal sealed class ProjectFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trunkline-");

    public RecordingEngine Engine { get; private set; } = new();

    /// <summary>How many files the last run compiled.</summary>
    public int CompiledCount { get; private set; }

    /// <summary>What generates; by default the generators of the task.</summary>
    public GeneratorSet? Generators { get; set; }

    /// <summary>Sets what an item cannot say.</summary>
    public Action<CompileProtobuf>? Configure { get; set; }

    public string PathOf(string name) => Path.Combine(_folder.FullName, "project", name);

    public void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), content);
    }

    public void WriteMessage(string name, string message) => Write(name, $"syntax = \"proto3\";\npackage t;\nmessage {message} {{ int32 a = 1; }}\n");

    public static TaskItem Item(string include, params (string Name, string Value)[] metadata)
    {
        var item = new TaskItem(include);
        foreach (var (name, value) in metadata)
        {
            item.SetMetadata(name, value);
        }

        return item;
    }

    /// <summary>Runs the task.</summary>
    /// <returns>The generated files as the targets get them, or null when the task failed.</returns>
    public string[]? Build(params ITaskItem[] items)
    {
        Engine = new RecordingEngine();
        using var task = new CompileProtobuf
        {
            BuildEngine = Engine,
            Files = items,
            ProjectDirectory = PathOf(""),
            OutputDirectory = "obj/protobuf/",
            StateFile = "obj/test.state",
            Generators = Generators,
        };
        Configure?.Invoke(task);
        var succeeded = task.Execute();
        CompiledCount = task.CompiledCount;
        return succeeded
            ? [.. task.GeneratedFiles.Select(file => file.ItemSpec.Replace('\\', '/')).Order(StringComparer.Ordinal)]
            : null;
    }

    /// <summary>Runs the task behind <c>dotnet clean</c>.</summary>
    public bool Clean()
    {
        Engine = new RecordingEngine();
        return new CleanProtobuf { BuildEngine = Engine, ProjectDirectory = PathOf(""), StateFile = "obj/test.state" }.Execute();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
