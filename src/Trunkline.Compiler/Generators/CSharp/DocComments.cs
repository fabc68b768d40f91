using Trunkline.Compiler.Generators.Writing;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp;

/// <summary>The comments of a source file as XML documentation. An element is found by its path of field numbers and indexes.</summary>
internal sealed class DocComments
{
    private readonly Dictionary<string, SourceLocation> _locations = new(StringComparer.Ordinal);

    /// <summary>Takes the comments of a file; without source info there are none.</summary>
    public DocComments(FileDescriptorProto file)
    {
        foreach (var location in file.SourceCodeInfo?.Locations ?? [])
        {
            _locations.TryAdd(Key(location.Path), location);
        }
    }

    /// <summary>The path of a part of the element at <paramref name="path"/>.</summary>
    public static int[] Child(int[] path, int fieldNumber, int index) => [.. path, fieldNumber, index];

    /// <summary>Writes a summary for the element at <paramref name="path"/>.</summary>
    /// <returns>False when it has no comment, and nothing was written.</returns>
    public bool WriteSummary(CodeWriter writer, int[] path)
    {
        var lines = Lines(path);
        if (lines.Count == 0)
        {
            return false;
        }

        writer.Line("/// <summary>");
        foreach (var line in lines)
        {
            writer.Line(line.Length == 0 ? "///" : "/// " + line);
        }

        writer.Line("/// </summary>");
        return true;
    }

    private static string Key(IEnumerable<int> path) => string.Join(',', path);

    // Text that XML cannot carry goes; what it would take for markup is escaped.
    private static string Escape(string text) =>
        string.Concat(text.Where(letter => letter is '\t' or >= ' ' and not '\uFFFE' and not '\uFFFF'))
            .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private List<string> Lines(int[] path)
    {
        if (!_locations.TryGetValue(Key(path), out var location))
        {
            return [];
        }

        var comment = string.IsNullOrWhiteSpace(location.LeadingComments) ? location.TrailingComments : location.LeadingComments;
        var lines = (comment ?? "").Split('\n').Select(line => Escape(line.StartsWith(' ') ? line[1..] : line).TrimEnd()).ToList();
        lines.RemoveRange(0, lines.TakeWhile(line => line.Length == 0).Count());
        while (lines is [.., ""])
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines;
    }
}
