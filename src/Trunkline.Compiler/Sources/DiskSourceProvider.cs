namespace Trunkline.Compiler;

/// <summary>Source files on disk.</summary>
public sealed class DiskSourceProvider : ISourceProvider
{
    /// <summary>The longest file that is read, in bytes: 64 MiB, a hundred times the longest that programs are known to write.</summary>
    public const int MostBytes = 64 << 20;

    /// <summary>The only instance that is needed; it holds no state.</summary>
    public static DiskSourceProvider Instance { get; } = new();

    /// <inheritdoc/>
    public SourceReadResult TryRead(string path, out ReadOnlyMemory<byte> content)
    {
        content = default;
        try
        {
            using FileStream file = File.OpenRead(path);
            return ReadWhole(file, out content) ? SourceReadResult.Found : SourceReadResult.TooLarge;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return SourceReadResult.Absent;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // A name with a zero byte, a directory or a forbidden file: the caller says which file it was.
            return Exists(path) ? SourceReadResult.Unreadable : SourceReadResult.Absent;
        }
    }

    /// <inheritdoc/>
    public bool Exists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Directory.Exists(path);

    /// <summary>Reads to the end, wherever that is by then: a pipe has no length, and a file may change while it is read.</summary>
    private static bool ReadWhole(FileStream file, out ReadOnlyMemory<byte> content)
    {
        byte[] buffer = new byte[file.CanSeek ? (int)Math.Min(file.Length + 1, MostBytes + 1) : 4096];
        int length = 0;
        while (file.Read(buffer, length, buffer.Length - length) is > 0 and var count)
        {
            length += count;
            if (length > MostBytes)
            {
                content = default;
                return false;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, MostBytes + 1));
            }
        }

        content = buffer.AsMemory(0, length);
        return true;
    }
}
