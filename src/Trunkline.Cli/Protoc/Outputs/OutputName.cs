namespace Trunkline.Cli.Protoc.Outputs;

/// <summary>The names that generators give to files: relative to their place and inside it, for a plugin may be anybody's program.</summary>
internal static class OutputName
{
    /// <summary>What is wrong with a name, or null.</summary>
    public static string? Check(string name, bool allowsEscape) => Check(name, allowsEscape, OperatingSystem.IsWindows());

    /// <summary>What is wrong with a name on a system where backslashes and drives lead out of a folder, or on one where they are letters.</summary>
    public static string? Check(string name, bool allowsEscape, bool hasDrives)
    {
        if (name.Length == 0 || name.Contains('\0'))
        {
            return $"Output file names must not be empty or hold a zero byte. ({name.Replace("\0", "\\0", StringComparison.Ordinal)})";
        }

        if (hasDrives && (name.Contains('\\') || name.Contains(':')))
        {
            return $"Output file names must have forward slashes and no drive. ({name})";
        }

        // Two points anywhere: so protoc reads it.
        return !allowsEscape && name.Contains("..", StringComparison.Ordinal)
            ? $"Output file names must never have a relative path. ({name}). Use --unsafe_allow_out_dir_escape to disable this error if intentional."
            : null;
    }
}
