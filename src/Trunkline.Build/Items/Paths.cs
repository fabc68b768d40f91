namespace Trunkline.Build.Items;

/// <summary>How paths compare on this machine's file systems, by their custom.</summary>
internal static class Paths
{
    /// <summary>Compares whole paths.</summary>
    public static StringComparer Comparer { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The path of a file relative to a folder that it lies below; null when it lies elsewhere.</summary>
    public static string? Below(string folder, string path)
    {
        var relative = Path.GetRelativePath(folder, path);
        return Path.IsPathRooted(relative) || relative is ".." || relative.StartsWith("../", StringComparison.Ordinal) || relative.StartsWith("..\\", StringComparison.Ordinal)
            ? null
            : relative;
    }
}
