namespace Trunkline.Cli.Protoc.Outputs;

/// <summary>Writes to the disk, and says in the system's words why that failed.</summary>
internal static class OutputFolder
{
    private const string StandardOutput = "/dev/stdout";

    /// <summary>Writes a tree below a directory that exists; directories in it are made.</summary>
    /// <returns>What went wrong, or null.</returns>
    public static string? Write(string place, OutputTree tree)
    {
        foreach (var (name, content) in tree.Files)
        {
            // A name with a slash in front stays in its place: so protoc joins them.
            var path = place + name;
            if (Try(path, () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, content);
            }) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>Writes one file; its directory must exist.</summary>
    /// <returns>What went wrong, or null.</returns>
    public static string? WriteFile(string path, byte[] content, Func<Stream> standardOutput) => Try(path, () =>
    {
        if (path == StandardOutput)
        {
            using var output = standardOutput();
            output.Write(content);
            return;
        }

        File.WriteAllBytes(path, content);
    });

    /// <summary>Why nothing can be written at a path for want of its directory; null when the directory is there.</summary>
    public static string? CheckParent(string path)
        => Path.GetDirectoryName(path) is { Length: > 0 } directory && !Directory.Exists(directory) ? $"{path}: No such file or directory" : null;

    /// <summary>Does something with a path.</summary>
    /// <returns>What went wrong, or null.</returns>
    public static string? Try(string path, Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return $"{path}: No such file or directory";
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            return $"{path}: Is a directory";
        }
        catch (UnauthorizedAccessException)
        {
            return $"{path}: Permission denied";
        }
        catch (Exception failure) when (failure is IOException or ArgumentException or NotSupportedException)
        {
            return $"{path}: {failure.Message}";
        }
    }
}
