using System.Text;

namespace Trunkline.Cli.Protoc.Outputs;

/// <summary>
/// Insertion at a mark that an earlier generator left in its file: <c>@@protoc_insertion_point(NAME)</c>, usually in a comment on a line of its own. The text
/// goes above that line, each of its lines indented like it; in front of the comment where the mark stands in a <c>/* */</c>. The mark stays, so that
/// several insertions come out in the order in which they are made. What is inserted is lines: it ends with an end of line whether it has one or not.
/// </summary>
internal static class Insertion
{
    private const byte NewLine = (byte)'\n';

    /// <summary>Inserts.</summary>
    /// <returns>The new content, or null when there is no such mark.</returns>
    public static byte[]? TryInsert(ReadOnlySpan<byte> target, string point, ReadOnlySpan<byte> text)
    {
        var mark = target.IndexOf(Encoding.UTF8.GetBytes($"@@protoc_insertion_point({point})"));
        if (mark < 0)
        {
            return null;
        }

        // The slash and the star stand three bytes in front of the mark, a space between.
        var isInline = mark > 3 && target[(mark - 3)..(mark - 1)].SequenceEqual("/*"u8);
        var at = isInline ? mark - 3 : target[..mark].LastIndexOf(NewLine) + 1;
        var rest = target[at..];
        var indent = rest[..Math.Max(0, rest.IndexOfAnyExcept((byte)' ', (byte)'\t'))];
        return [.. target[..at], .. Indent(text, indent), .. rest];
    }

    private static byte[] Indent(ReadOnlySpan<byte> text, ReadOnlySpan<byte> indent)
    {
        var indented = new MemoryStream(text.Length + indent.Length);
        while (!text.IsEmpty)
        {
            var end = text.IndexOf(NewLine);
            var line = end < 0 ? text : text[..(end + 1)];
            indented.Write(indent);
            indented.Write(line);
            text = text[line.Length..];
            if (end < 0)
            {
                indented.WriteByte(NewLine);
            }
        }

        return indented.ToArray();
    }
}
