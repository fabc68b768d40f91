using System.IO.Enumeration;

namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>
/// Patterns where files are expected: <c>*</c> and <c>?</c> inside a part of a path, <c>**</c> for any number of directories. Shells expand most of them, but
/// not all shells, not from argument files, and few know <c>**</c>.
/// </summary>
internal static class FilePatterns
{
    private const string AnyDirectories = "**";

    /// <summary>Adds a file, or all files of a pattern by name.</summary>
    /// <returns>What is wrong with the pattern, or null.</returns>
    public static string? Expand(string argument, List<string> files)
    {
        // A file that really has such a name goes first: it is what a shell would have passed.
        if (argument.AsSpan().IndexOfAny('*', '?') < 0 || File.Exists(argument))
        {
            files.Add(argument);
            return null;
        }

        var slashed = OperatingSystem.IsWindows() ? argument.Replace('\\', '/') : argument;
        var found = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            var root = slashed.StartsWith('/') ? "/" : "";
            Collect(root, slashed.Split('/', StringSplitOptions.RemoveEmptyEntries), found);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"{argument}: {failure.Message}";
        }

        files.AddRange(found);
        return found.Count == 0 ? $"{argument}: No file matches this pattern." : null;
    }

    private static void Collect(string directory, ReadOnlySpan<string> parts, SortedSet<string> found)
    {
        if (parts[0] == AnyDirectories)
        {
            CollectBelow(directory, parts, found);
            return;
        }

        if (parts[0].AsSpan().IndexOfAny('*', '?') < 0)
        {
            var next = directory + parts[0];
            if (parts.Length > 1)
            {
                Collect(next + "/", parts[1..], found);
            }
            else if (File.Exists(next))
            {
                found.Add(next);
            }

            return;
        }

        foreach (var entry in Entries(directory, isDirectory: parts.Length > 1))
        {
            if (!FileSystemName.MatchesSimpleExpression(parts[0], entry, ignoreCase: OperatingSystem.IsWindows()))
            {
                continue;
            }

            if (parts.Length > 1)
            {
                Collect($"{directory}{entry}/", parts[1..], found);
            }
            else
            {
                found.Add(directory + entry);
            }
        }
    }

    // Any number of directories may be none; several such parts in a row say no more than one.
    private static void CollectBelow(string directory, ReadOnlySpan<string> parts, SortedSet<string> found)
    {
        var rest = parts;
        while (rest.Length > 1 && rest[0] == AnyDirectories)
        {
            rest = rest[1..];
        }

        if (rest[0] == AnyDirectories)
        {
            rest = new[] { "*" };
        }

        Collect(directory, rest, found);
        foreach (var entry in Entries(directory, isDirectory: true))
        {
            CollectBelow($"{directory}{entry}/", parts, found);
        }
    }

    /// <summary>The names in a directory that a pattern may mean: none that begin with a point, and no links to directories, which may lead in circles.</summary>
    private static List<string> Entries(string directory, bool isDirectory)
    {
        List<string> names = [];
        var info = new DirectoryInfo(directory.Length == 0 ? "." : directory);
        if (!info.Exists)
        {
            return names;
        }

        foreach (var entry in info.EnumerateFileSystemInfos())
        {
            var isLink = entry.LinkTarget is not null;
            if (!entry.Name.StartsWith('.') && (isDirectory ? entry is DirectoryInfo && !isLink : entry is FileInfo))
            {
                names.Add(entry.Name);
            }
        }

        return names;
    }
}
