namespace Trunkline.Build.Items;

/// <summary>The folders that a project gives to all its items.</summary>
internal sealed class ProjectPlaces
{
    /// <summary>The folder of the project, in full.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>Where code goes unless an item says otherwise, in full.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>The root of files that lie outside the project, in full; null when each is its own folder's.</summary>
    public required string? OutsideRoot { get; init; }

    /// <summary>Import roots of packages and of the projects that this one refers to, in full.</summary>
    public required IReadOnlyList<string> ImportDirectories { get; init; }

    /// <summary>A path as the project writes it, in full and without a slash behind it.</summary>
    public string Full(string path)
    {
        // Projects are written on Windows, too.
        var native = Path.DirectorySeparatorChar == '/' ? path.Replace('\\', '/') : path;
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(native, ProjectDirectory));
    }
}
