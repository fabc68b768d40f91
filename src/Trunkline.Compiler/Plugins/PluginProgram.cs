namespace Trunkline.Compiler.Plugins;

/// <summary>Finds the program of a plugin as a shell would.</summary>
internal static class PluginProgram
{
    // What a name may leave out on Windows; npm installs its plugins as .cmd files.
    private static readonly string[] Endings = OperatingSystem.IsWindows() ? ["", ".exe", ".cmd", ".bat"] : [""];

    /// <summary>The full path of an executable file, or null.</summary>
    public static string? Find(string program, bool searchesPath)
    {
        if (program.Length == 0 || program.Contains('\0'))
        {
            return null;
        }

        if (!searchesPath)
        {
            return FindIn("", program);
        }

        foreach (string directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            if (FindIn(directory, program) is { } path)
            {
                return path;
            }
        }

        return null;
    }

    private static string? FindIn(string directory, string program)
    {
        foreach (string ending in Endings)
        {
            string path = Path.GetFullPath(Path.Combine(directory, program + ending));
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
