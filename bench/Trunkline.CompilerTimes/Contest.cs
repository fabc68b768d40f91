using Trunkline.Harness.Peers;

namespace Trunkline.CompilerTimes;

/// <summary>The same words for both compilers, which must write the same bytes.</summary>
internal sealed class Contest(string name, string tool, string workingDirectory, IReadOnlyList<string> words, string output)
{
    public static Contest OfOneSmallFile(string tool, TemporaryFolder folder)
    {
        File.WriteAllText(folder["hello.proto"], """
            syntax = "proto3";
            package hello;
            // Says hello.
            service Greeter { rpc Hello(HelloRequest) returns (HelloReply); }
            message HelloRequest { string name = 1; }
            message HelloReply { string message = 1; }
            """);
        return new Contest("one small file", tool, folder.Path, ["-I.", "hello.proto"], folder["one.set"]);
    }

    /// <summary>The tree of google-proto-files, where eng/install-peers.sh has brought it: all files that compile together.</summary>
    public static IEnumerable<Contest> OfManyFiles(string tool, TemporaryFolder folder)
    {
        string root = Path.GetFullPath(Path.Combine("tests", "peers", "node_modules", "google-proto-files"));
        if (!Directory.Exists(root))
        {
            Console.Error.WriteLine($"{root} is not there: eng/install-peers.sh brings it");
            return [];
        }

        string list = folder["files"];
        int count = WriteFilesThatCompile(root, list, folder["probe.set"]);
        return
        [
            new Contest($"{count:N0} files", tool, root, ["-I.", "@" + list], folder["many.set"]),
            new Contest($"{count:N0} files, imports and source info", tool, root, ["-I.", "--include_imports", "--include_source_info", "@" + list], folder["all.set"]),
        ];
    }

    public void Run(int rounds, TextWriter table)
    {
        List<ProcessRun> protoc = [];
        List<ProcessRun> ours = [];

        // One round that does not count: afterwards the disk is in memory for both.
        for (int round = 0; round <= rounds; round++)
        {
            ProcessRun theirs = ProcessRun.Of(Protoc.Program, [.. words, $"--descriptor_set_out={output}"], workingDirectory);
            ProcessRun mine = ProcessRun.Of(tool, ["protoc", .. words, $"--descriptor_set_out={output}.ours"], workingDirectory);
            if (!File.ReadAllBytes(output).AsSpan().SequenceEqual(File.ReadAllBytes(output + ".ours")))
            {
                throw new InvalidOperationException($"{name}: the sets differ");
            }

            if (round > 0)
            {
                protoc.Add(theirs);
                ours.Add(mine);
            }
        }

        double unit = Median(protoc);
        table.WriteLine(Row("protoc 35.1", protoc, unit));
        table.WriteLine(Row("Trunkline", ours, unit));
    }

    /// <summary>protoc takes all files of a run or none, so those that it names in an error are left out until it names none.</summary>
    private static int WriteFilesThatCompile(string root, string list, string output)
    {
        string[] files = [.. Directory.EnumerateFiles(root, "*.proto", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(file => !file.StartsWith("node_modules/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
        while (true)
        {
            File.WriteAllLines(list, files);
            (int exitCode, string errors) = Protoc.TryRun($"-I{root}", $"--descriptor_set_out={output}", "@" + list);
            if (exitCode == 0)
            {
                return files.Length;
            }

            // protoc names files on disk.
            string[] lines = [.. errors.Replace(root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Split('\n').Where(line => !line.Contains(" warning: ", StringComparison.Ordinal))];
            HashSet<string> named = [.. lines.Select(line => line.Split(':')[0])];
            string[] rest = [.. files.Where(file => !named.Contains(file))];
            files = rest.Length < files.Length ? rest : throw new InvalidOperationException($"protoc refuses the tree and names no file of it: {string.Join('\n', lines)}");
        }
    }

    private static double Median(List<ProcessRun> runs) => runs.Select(run => run.Seconds).Order().ElementAt(runs.Count / 2);

    private string Row(string compiler, List<ProcessRun> runs, double unit)
        => $"| {name} | {compiler} | {Median(runs):F3} s | {runs.Min(run => run.Seconds):F3} s | {runs.Max(run => run.Seconds):F3} s | {runs.Max(run => run.PeakMegabytes):N0} MiB | {Median(runs) / unit:F2} |";
}
