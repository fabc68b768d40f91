using Trunkline.Descriptors;

namespace Trunkline.Compiler.Sources;

/// <summary>The bytes of one file, after its byte order mark, under the name by which imports know it.</summary>
internal sealed class SourceFile(string name, string? diskPath, ReadOnlyMemory<byte> text)
{
    private const int MarkLength = 3;

    public string Name { get; } = name;

    /// <summary>Where the file lies; null for one that the compiler carries itself.</summary>
    public string? DiskPath { get; } = diskPath;

    /// <summary>Whether the compiler brought the file along; its text is always the same then.</summary>
    public bool IsCarried { get; init; }

    public ReadOnlyMemory<byte> Text { get; } = text;

    /// <summary>The bytes with the byte order mark, where the file has one.</summary>
    public ReadOnlyMemory<byte> MarkedText { get; init; } = text;

    /// <summary>Where the text begins on its first line: the bytes of a byte order mark are columns, too.</summary>
    public int FirstColumn => MarkedText.Length > Text.Length ? MarkLength : 0;

    /// <summary>The file itself, where it comes out of a descriptor set and has no text; null for anything else.</summary>
    public FileDescriptorProto? Descriptor { get; init; }

    /// <summary>A span from counts that start at 0.</summary>
    public SourceSpan Span(int line, int column, int endLine, int endColumn) => new(Name, line + 1, column + 1, endLine + 1, endColumn + 1);
}
