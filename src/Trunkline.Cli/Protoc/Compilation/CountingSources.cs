using Trunkline.Compiler;

namespace Trunkline.Cli.Protoc.Compilation;

/// <summary>Source files on disk, counted as they are read.</summary>
internal sealed class CountingSources : ISourceProvider
{
    private int _count;

    /// <summary>How many files have been read so far; safe to ask from any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public SourceReadResult TryRead(string path, out ReadOnlyMemory<byte> content)
    {
        var result = DiskSourceProvider.Instance.TryRead(path, out content);
        if (result == SourceReadResult.Found)
        {
            Interlocked.Increment(ref _count);
        }

        return result;
    }

    /// <inheritdoc/>
    public bool Exists(string path) => DiskSourceProvider.Instance.Exists(path);

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => DiskSourceProvider.Instance.DirectoryExists(path);
}
