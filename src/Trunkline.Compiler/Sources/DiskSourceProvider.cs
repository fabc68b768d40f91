namespace Trunkline.Compiler;

/// <summary>Source files on disk.</summary>
public sealed class DiskSourceProvider : ISourceProvider
{
    /// <summary>The only instance that is needed; it holds no state.</summary>
    public static DiskSourceProvider Instance { get; } = new();

    /// <inheritdoc/>
    public SourceReadResult TryRead(string path, out ReadOnlyMemory<byte> content)
    {
        content = default;
        try
        {
            content = File.ReadAllBytes(path);
            return SourceReadResult.Found;
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
}
