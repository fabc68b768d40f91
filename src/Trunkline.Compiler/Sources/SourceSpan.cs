namespace Trunkline.Compiler;

/// <summary>
/// A place in a source file. Lines and columns count from 1, as editors and protoc print them; a column counts UTF-8 bytes, and a tab advances to the next
/// multiple of eight, which is how protoc counts.
/// </summary>
/// <param name="File">The name by which the file is known to the compiler, relative to its import root.</param>
/// <param name="Line">The first line, from 1; 0 when the place is the whole file.</param>
/// <param name="Column">The first column, from 1; 0 when the place is the whole file.</param>
/// <param name="EndLine">The line of the end.</param>
/// <param name="EndColumn">The column just after the end.</param>
public readonly record struct SourceSpan(string File, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>The whole file, for what has no better place.</summary>
    /// <param name="file">The name of the file.</param>
    /// <returns>A span with line and column 0.</returns>
    public static SourceSpan WholeFile(string file) => new(file, 0, 0, 0, 0);
}
