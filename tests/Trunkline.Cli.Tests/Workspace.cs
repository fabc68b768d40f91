using Trunkline.Cli.Protoc;

namespace Trunkline.Cli.Tests;

/// <summary>A folder of its own for one test, with files in it, and the command run over it.</summary>
internal sealed class Workspace : IDisposable
{
    public const string Greeter = """
        syntax = "proto3";
        package hi;
        import "parts/name.proto";
        // Greets.
        service Greeter { rpc Hello(Name) returns (Name); }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trunkline-");

    public Workspace()
    {
        Write("greeter.proto", Greeter);
        Write("parts/name.proto", "syntax = \"proto3\";\npackage hi;\nmessage Name { string text = 1; }\n");
        Directory.CreateDirectory(PathOf("out"));
    }

    public string Root => _folder.FullName;

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), content);
    }

    /// <summary>Runs <c>trunkline protoc</c> in this process. <c>{}</c> in a word stands for the folder.</summary>
    public (int ExitCode, string Output, string Errors) Run(params string[] words) => Run(errorsAreTerminal: false, words);

    /// <summary>The same, with or without a person who reads the errors as they come.</summary>
    public (int ExitCode, string Output, string Errors) Run(bool errorsAreTerminal, params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var exitCode = new ProtocCommand(new ProtocConsole { Output = output, Errors = errors, ErrorsAreTerminal = errorsAreTerminal }).Run([.. words.Select(word => word.Replace("{}", Root, StringComparison.Ordinal))], CancellationToken.None);
        return (exitCode, output.ToString(), errors.ToString().Replace(Root, "{}", StringComparison.Ordinal));
    }

    /// <summary>All files below <c>out</c>.</summary>
    public string[] Written() =>
        [.. Directory.GetFiles(PathOf("out"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(PathOf("out"), path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Delete(recursive: true);
}
