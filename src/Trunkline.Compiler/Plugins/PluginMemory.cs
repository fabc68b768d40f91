using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Trunkline.Compiler.Plugins;

/// <summary>How much memory a plugin has, as far as the platform tells.</summary>
internal static class PluginMemory
{
    /// <summary>The resident bytes of a process, on Linux with those of its descendants; 0 when it is gone.</summary>
    public static long ResidentBytes(Process process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return ResidentPages(process.Id, depth: 0) * Environment.SystemPageSize;
            }

            process.Refresh();
            return process.WorkingSet64;
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception)
        {
            // It ended in between: what it had is free again.
            return 0;
        }
    }

    // Descendants may come and go while they are counted; the depth bounds what a plugin that forks without end costs here.
    private static long ResidentPages(int process, int depth)
    {
        const int Deepest = 32;
        string folder = $"/proc/{process.ToString(CultureInfo.InvariantCulture)}";
        try
        {
            long pages = long.Parse(File.ReadAllText($"{folder}/statm").Split(' ')[1], CultureInfo.InvariantCulture);
            return depth == Deepest ? pages : pages + ChildrenOf(folder).Sum(child => ResidentPages(child, depth + 1));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is gone, or has become another user's: nothing that could be counted.
            return 0;
        }
    }

    // Every thread has a list of those it started. A kernel built without the lists leaves the plugin's own process to count.
    private static IEnumerable<int> ChildrenOf(string folder)
        => from thread in Directory.GetDirectories($"{folder}/task")
           let list = $"{thread}/children"
           where File.Exists(list)
           from child in File.ReadAllText(list).Split(' ', StringSplitOptions.RemoveEmptyEntries)
           select int.Parse(child, CultureInfo.InvariantCulture);
}
