using System.Diagnostics;

namespace Trunkline.Harness.Peers;

/// <summary>Debian's protoc 3.21 and grpc_python_plugin 1.51, whose Python code the system's Python runs: what our Python generators are compared with.</summary>
public static class PythonProtoc
{
    /// <summary>The compiler.</summary>
    public const string Program = "/usr/bin/protoc";

    /// <summary>The plugin for services.</summary>
    public const string Plugin = "/usr/bin/grpc_python_plugin";

    /// <summary>Why they cannot run here, or null when they can.</summary>
    public static string? MissingReason => PeerPrograms.MissingReason([Program, Plugin]);

    /// <summary>What both make of files: modules, stubs and gRPC modules, by their paths; null when they refuse them, which <c>Errors</c> then says why.</summary>
    /// <param name="roots">Where files and imports are searched.</param>
    /// <param name="files">The files.</param>
    /// <param name="options">The options for messages, and those for services.</param>
    public static (SortedDictionary<string, byte[]>? Made, string Errors) Make(
        IEnumerable<string> roots, IEnumerable<string> files, (string Messages, string Services) options = default)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("python-protoc-");
        try
        {
            string output = folder.CreateSubdirectory("made").FullName;

            // Hundreds of files do not fit on a command line.
            string list = Path.Combine(folder.FullName, "files");
            File.WriteAllLines(list, files);
            string[] outputs =
            [
                $"--python_out={options.Messages}:{output}",
                $"--pyi_out={output}",
                $"--plugin=protoc-gen-grpc_python={Plugin}",
                $"--grpc_python_out={options.Services}:{output}",
            ];
            var start = new ProcessStartInfo(Program, [.. roots.Select(root => "-I" + root), .. outputs, "@" + list]) { RedirectStandardError = true, UseShellExecute = false };
            using Process process = Process.Start(start)!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode == 0 ? FilesBelow(output) : null, errors.Trim());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static SortedDictionary<string, byte[]> FilesBelow(string folder)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            files.Add(Path.GetRelativePath(folder, path), File.ReadAllBytes(path));
        }

        return files;
    }
}
