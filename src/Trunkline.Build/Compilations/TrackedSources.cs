using System.Collections.Concurrent;
using Trunkline.Build.Items;
using Trunkline.Build.States;
using Trunkline.Compiler;

namespace Trunkline.Build.Compilations;

/// <summary>
/// The disk, with a note of what was read and of what was looked for in vain. Hashes are taken of the very bytes that are compiled: a file may change meanwhile.
/// </summary>
internal sealed class TrackedSources : ISourceProvider
{
    private readonly ConcurrentDictionary<string, TrackedSource> _read = new(Paths.Comparer);
    private readonly ConcurrentDictionary<string, bool> _absent = new(Paths.Comparer);

    /// <summary>Where something was looked for in vain.</summary>
    public ICollection<string> Absent => _absent.Keys;

    /// <summary>What was read from a path; null when nothing was.</summary>
    public TrackedSource? Find(string path) => _read.GetValueOrDefault(path);

    /// <inheritdoc/>
    public SourceReadResult TryRead(string path, out ReadOnlyMemory<byte> content)
    {
        // Taken first: a change while reading then shows at the next build.
        var stamp = FileStamp.Of(path);
        var result = DiskSourceProvider.Instance.TryRead(path, out content);
        if (result == SourceReadResult.Found)
        {
            _read[path] = new TrackedSource(stamp ?? default, content);
        }
        else
        {
            Note(path, isThere: result != SourceReadResult.Absent);
        }

        return result;
    }

    /// <inheritdoc/>
    public bool Exists(string path) => Note(path, DiskSourceProvider.Instance.Exists(path));

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Note(path, DiskSourceProvider.Instance.DirectoryExists(path));

    private bool Note(string path, bool isThere)
    {
        if (!isThere && !Path.Exists(path))
        {
            _absent[path] = true;
        }

        return isThere;
    }
}

/// <summary>One file as it was read.</summary>
/// <param name="Stamp">Its size and time just before.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record TrackedSource(FileStamp Stamp, ReadOnlyMemory<byte> Content);
