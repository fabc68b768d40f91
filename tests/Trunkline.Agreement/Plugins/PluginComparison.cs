using Trunkline.Agreement.Trees;
using Trunkline.Compiler;

namespace Trunkline.Agreement.Plugins;

/// <summary>Runs one plugin under protoc and under us, and compares what comes out: the files, or the words of the refusal.</summary>
internal sealed class PluginComparison(SourceTree tree, PluginPeer plugin)
{
    /// <summary>How many inputs gave the same output, how many the same refusal.</summary>
    public (int Equal, int Refused) Inputs { get; private set; }

    /// <summary>How many files, and how many bytes, were equal.</summary>
    public (int Files, long Bytes) Output { get; private set; }

    /// <summary>What differs.</summary>
    public List<string> Differences { get; } = [];

    /// <summary>Compares on one group of files, and on halves of it where a plugin refuses them all for one.</summary>
    public void Compare(string[] files)
    {
        Task<PluginOutput> protoc = Task.Run(() => UnderProtoc(files));
        PluginOutput ours = UnderTrunkline(files);
        PluginOutput theirs = protoc.GetAwaiter().GetResult();
        if (theirs.Refusal is null && ours.Refusal is null)
        {
            CompareFiles(theirs, ours);
            Inputs = (Inputs.Equal + files.Length, Inputs.Refused);
        }
        else if (files.Length > 1 && !IsAboutSupport(theirs.Refusal ?? ours.Refusal!))
        {
            Compare(files[..(files.Length / 2)]);
            Compare(files[(files.Length / 2)..]);
        }
        else
        {
            Inputs = (Inputs.Equal, Inputs.Refused + files.Length);
            if (!string.Equals(theirs.Refusal, ours.Refusal, StringComparison.Ordinal))
            {
                Differences.Add($"{files[0]}: protoc says {theirs.Refusal ?? "nothing"}\n    Trunkline says {ours.Refusal ?? "nothing"}");
            }
        }
    }

    // No half of the group is any better.
    private static bool IsAboutSupport(string refusal)
        => refusal.Contains("hasn't been updated to support editions", StringComparison.Ordinal) || refusal.Contains("isn't supported by", StringComparison.Ordinal);

    private void CompareFiles(PluginOutput theirs, PluginOutput ours)
    {
        Differences.AddRange(theirs.Files.Keys.Except(ours.Files.Keys, StringComparer.Ordinal).Select(name => $"only protoc makes {name}"));
        Differences.AddRange(ours.Files.Keys.Except(theirs.Files.Keys, StringComparer.Ordinal).Select(name => $"only Trunkline makes {name}"));
        foreach ((string name, byte[] content) in theirs.Files)
        {
            if (!ours.Files.TryGetValue(name, out byte[]? own))
            {
                continue;
            }

            if (content.AsSpan().SequenceEqual(own))
            {
                Output = (Output.Files + 1, Output.Bytes + content.Length);
            }
            else
            {
                Differences.Add($"{name} differs");
            }
        }
    }

    private PluginOutput UnderTrunkline(string[] files)
    {
        CompilationResult result = PluginInputs.Compile(tree, files);
        var request = new GeneratorRequest
        {
            Files = result.Files,
            FilesWithAllOptions = result.FilesWithAllOptions,
            FilesToGenerate = result.RequestedFiles,
            Parameter = plugin.Parameter,
        };
        using var messages = new StringWriter();
        GeneratedFiles generated = new PluginGenerator($"protoc-gen-{plugin.Name}", plugin.Program, messages).Generate(request, CancellationToken.None);
        IReadOnlyList<string> unsupported = generated.Error is null ? generated.FindUnsupported(request, $"protoc-gen-{plugin.Name}") : [];
        if (generated.Error is not null || unsupported.Count > 0)
        {
            return PluginOutput.OfRefusal($"{messages}{string.Concat(unsupported)}--{plugin.Name}_out: {generated.Error}");
        }

        // Two inputs may want one file. That is found where files are written, which is not part of this run.
        var names = new HashSet<string>(StringComparer.Ordinal);
        return generated.Files.FirstOrDefault(file => !names.Add(file.Name)) is { } second
            ? PluginOutput.OfRefusal($"{messages}{second.Name}: Tried to write the same file twice.")
            : new PluginOutput(generated.Files.ToDictionary(file => file.Name, file => file.Bytes.ToArray(), StringComparer.Ordinal), Refusal: null);
    }

    private PluginOutput UnderProtoc(string[] files)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("agreement-");
        try
        {
            string list = Path.Combine(folder.FullName, "files");
            File.WriteAllLines(list, files);
            DirectoryInfo output = folder.CreateSubdirectory("out");
            (int exitCode, string errors) = Harness.Peers.Protoc.TryRun(
            [
                .. tree.Roots.Select(root => "-I" + root),
                $"--plugin=protoc-gen-{plugin.Name}={plugin.Program}",
                $"--{plugin.Name}_out={plugin.Parameter}:{output.FullName}",
                "@" + list,
            ]);
            return exitCode != 0
                ? PluginOutput.OfRefusal(errors)
                : new PluginOutput(
                    output.EnumerateFiles("*", SearchOption.AllDirectories).ToDictionary(
                        file => Path.GetRelativePath(output.FullName, file.FullName).Replace('\\', '/'), file => File.ReadAllBytes(file.FullName), StringComparer.Ordinal),
                    Refusal: null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
