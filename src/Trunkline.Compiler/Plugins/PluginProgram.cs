namespace Trunkline.Compiler.Plugins;

/// <summary>The program of a plugin, found as a shell would.</summary>
/// <param name="Path">The full path of an executable file.</param>
/// <param name="IsFoundOnPath">Whether it was searched for on the PATH.</param>
internal sealed record PluginProgram(string Path, bool IsFoundOnPath)
{
    // What a name may leave out on Windows; npm installs its plugins as .cmd files.
    private static readonly string[] Endings = OperatingSystem.IsWindows() ? ["", ".exe", ".cmd", ".bat"] : [""];

    /// <summary>Finds it; null when there is no executable file of that name.</summary>
    public static PluginProgram? Find(string program, bool searchesPath)
    {
        if (program.Length == 0 || program.Contains('\0'))
        {
            return null;
        }

        if (!searchesPath)
        {
            return FindIn("", program) is { } given ? new PluginProgram(given, false) : null;
        }

        foreach (string directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator))
        {
            if (FindIn(directory, program) is { } path)
            {
                return new PluginProgram(path, true);
            }
        }

        return null;
    }

    private static string? FindIn(string directory, string program)
    {
        foreach (string ending in Endings)
        {
            string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(directory, program + ending));
            if (File.Exists(path) && IsExecutable(path))
            {
                return path;
            }
        }

        return null;
    }

    private static bool IsExecutable(string path)
        => OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None;
}
