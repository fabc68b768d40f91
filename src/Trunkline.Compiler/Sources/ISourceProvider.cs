namespace Trunkline.Compiler;

/// <summary>Where source bytes come from: the disk for tools, memory for tests. Members may be called from several threads at once.</summary>
public interface ISourceProvider
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The path on disk, already joined with its import root.</param>
    /// <param name="content">The whole content when the result is <see cref="SourceReadResult.Found"/>.</param>
    /// <returns>Whether the file was there and could be read. Never throws for a file that is absent or unreadable.</returns>
    SourceReadResult TryRead(string path, out ReadOnlyMemory<byte> content);

    /// <summary>Tells whether a path names an existing file.</summary>
    /// <param name="path">The path on disk.</param>
    /// <returns>True when a file is there.</returns>
    bool Exists(string path);

    /// <summary>Tells whether a path names an existing directory; an import root that is none draws a warning.</summary>
    /// <param name="path">The path on disk.</param>
    /// <returns>True when a directory is there.</returns>
    bool DirectoryExists(string path);
}

/// <summary>The outcome of <see cref="ISourceProvider.TryRead"/>.</summary>
public enum SourceReadResult
{
    /// <summary>The content is there.</summary>
    Found,

    /// <summary>There is no such file.</summary>
    Absent,

    /// <summary>There is such a file, but it cannot be read: permission, a directory, a device error.</summary>
    Unreadable,

    /// <summary>There is such a file, and it is longer than any source: a device that never ends, or the wrong file.</summary>
    TooLarge,
}
