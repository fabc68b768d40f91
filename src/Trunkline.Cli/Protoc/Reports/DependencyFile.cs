using System.Text;
using Trunkline.Cli.Protoc.Arguments;
using Trunkline.Cli.Protoc.Outputs;
using Trunkline.Compiler;

namespace Trunkline.Cli.Protoc.Reports;

/// <summary>A rule for make: what is written depends on these source files.</summary>
internal static class DependencyFile
{
    /// <summary>Adds the file when it is asked for.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? Add(ProtocArguments arguments, CompilationResult compilation, OutputPlaces places)
    {
        if (arguments.DependencyOut is not { } path)
        {
            return null;
        }

        List<string> targets = [.. places.GeneratedPaths];
        if (arguments.DescriptorSetOut is { } set)
        {
            targets.Add(set);
        }

        var rule = new StringBuilder();
        rule.AppendJoin(" \\\n", targets.Select(Escape)).Append(':');
        var sources = compilation.Files.Select(file => compilation.DiskPaths.GetValueOrDefault(file.Name!)).OfType<string>();
        rule.AppendJoin("\\\n", sources.Select(source => " " + Escape(source)));
        places.Add(path, Encoding.UTF8.GetBytes(rule.ToString()));
        return OutputFolder.CheckParent(path);
    }

    /// <summary>A path as make reads it: what would end it, begin a comment or name a variable is escaped.</summary>
    private static string Escape(string path)
        => path.Replace("$", "$$", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal).Replace("#", "\\#", StringComparison.Ordinal);
}
