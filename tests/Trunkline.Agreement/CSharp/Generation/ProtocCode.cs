using Trunkline.Agreement.Trees;

namespace Trunkline.Agreement.CSharp.Generation;

/// <summary>The code of protoc's own C# generator, and of the plugin that adds gRPC.</summary>
internal static class ProtocCode
{
    /// <summary>Messages.</summary>
    public static GeneratedSources Messages(SourceTree tree, IReadOnlyList<string> files, string parameter)
        => Generate(tree, files, folder => [$"--csharp_out={folder}", $"--csharp_opt={parameter}"]);

    /// <summary>Services.</summary>
    public static GeneratedSources Services(SourceTree tree, IReadOnlyList<string> files, string parameter)
        => Generate(tree, files, folder => [$"--plugin=protoc-gen-grpc={Harness.Peers.Protoc.CSharpPlugin}", $"--grpc_out={folder}", $"--grpc_opt={parameter}"]);

    private static GeneratedSources Generate(SourceTree tree, IReadOnlyList<string> files, Func<string, string[]> output)
    {
        string folder = Directory.CreateTempSubdirectory("agreement").FullName;
        try
        {
            string list = Path.Combine(folder, "files");
            File.WriteAllLines(list, files);
            string code = Directory.CreateDirectory(Path.Combine(folder, "code")).FullName;
            (int exitCode, string errors) = Harness.Peers.Protoc.TryRun([.. tree.Roots.Select(root => "-I" + root), .. output(code), "@" + list]);
            return exitCode == 0 ? new GeneratedSources(Read(code), Error: null) : GeneratedSources.Failed(errors.Trim());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<string, string> Read(string folder)
        => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
}
