using System.Diagnostics;
using System.Globalization;
using Trunkline.Agreement.Trees;

namespace Trunkline.Agreement.Plugins;

/// <summary>Runs every plugin over the trees, under both compilers, and prints a line for each.</summary>
internal static class PluginTable
{
    private static readonly string[] Trees = ["our corpus", "google-proto-files"];

    /// <summary>Compares and prints.</summary>
    /// <param name="repository">The root of the repository.</param>
    /// <param name="share">Every how manyth file of a large tree to take: 1 takes all.</param>
    /// <param name="output">Gets the lines.</param>
    /// <returns>Whether all plugins and trees are there, and nothing differs.</returns>
    public static bool Run(string repository, int share, TextWriter output)
    {
        var trees = SourceTrees.Find(repository).Where(tree => Trees.Contains(tree.Name, StringComparer.Ordinal))
            .Select(tree => (Tree: tree, Groups: PluginInputs.Groups(tree, share).ToArray())).ToArray();
        bool isGood = trees.Length == Trees.Length;
        output.WriteLine($"{"plugin",-24} {"tree",-20} {"same",6} {"refused",8} {"files",7} {"bytes",11} {"differ",7} {"seconds",8}  options");
        foreach (PluginPeer plugin in PluginPeer.All(repository))
        {
            if (!File.Exists(plugin.Program))
            {
                output.WriteLine($"{plugin.Program} is not there: eng/install-peers.sh installs it");
                isGood = false;
                continue;
            }

            foreach (var (tree, groups) in trees)
            {
                isGood &= Run(plugin, tree, groups, output);
            }
        }

        return isGood;
    }

    private static bool Run(PluginPeer plugin, SourceTree tree, string[][] groups, TextWriter output)
    {
        long began = Stopwatch.GetTimestamp();
        var comparison = new PluginComparison(tree, plugin);
        foreach (string[] files in groups)
        {
            comparison.Compare(files);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(plugin.Program),-24} {tree.Name,-20} {comparison.Inputs.Equal,6} {comparison.Inputs.Refused,8} {comparison.Output.Files,7} {comparison.Output.Bytes,11} {comparison.Differences.Count,7} {Stopwatch.GetElapsedTime(began).TotalSeconds,8:F1}  {plugin.Parameter}"));
        foreach (string difference in comparison.Differences)
        {
            output.WriteLine($"  {difference}");
        }

        return comparison.Differences.Count == 0;
    }
}
