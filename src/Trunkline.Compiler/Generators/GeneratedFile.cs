using System.Text;

namespace Trunkline.Compiler;

/// <summary>One file that a generator wants written, or a piece to insert into one.</summary>
public sealed class GeneratedFile
{
    /// <summary>A file of text.</summary>
    /// <param name="name">The path below the output directory, with forward slashes.</param>
    /// <param name="content">The whole text, written as UTF-8.</param>
    public GeneratedFile(string name, string content)
        : this(name, Encoding.UTF8.GetBytes(content))
    {
    }

    /// <summary>A file of bytes.</summary>
    /// <param name="name">The path below the output directory, with forward slashes.</param>
    /// <param name="bytes">All bytes; they must not change afterwards.</param>
    public GeneratedFile(string name, ReadOnlyMemory<byte> bytes)
    {
        Name = name;
        Bytes = bytes;
    }

    /// <summary>The path below the output directory, with forward slashes.</summary>
    public string Name { get; }

    /// <summary>What is to stand in the file: plugins may make files that are no text.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The content as text.</summary>
    public string Content => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>
    /// The mark in a file of an earlier generator at which to insert: <c>NAME</c> of <c>@@protoc_insertion_point(NAME)</c>. Null, which is the default, for a
    /// whole file.
    /// </summary>
    public string? InsertionPoint { get; init; }

    /// <summary>
    /// The name of the one <c>.proto</c> file that this came from, for builds that generate many files at once and later only some again. Null when the generator
    /// does not say, as plugins never do.
    /// </summary>
    public string? Source { get; init; }
}
