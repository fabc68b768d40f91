using System.Buffers;
using System.Text;

namespace Trunkline.Compiler.Diagnostics;

/// <summary>
/// One line of source as a terminal may show it, and where a span lies in it. Spans count bytes and tab stops; a terminal counts characters.
/// </summary>
internal readonly record struct SourceExcerpt(string Text, int Start, int Length)
{
    private const int TabWidth = 8;
    private const int ByteOrderMark = 0xFEFF;

    // A minified or generated line may be megabytes long; this much around the span is enough to recognise it.
    private const int MostBefore = 60;
    private const int MostShown = 120;

    /// <summary>The line that a span begins on; false when the file has no such line.</summary>
    public static bool TryCut(ReadOnlySpan<byte> file, SourceSpan span, out SourceExcerpt excerpt)
    {
        excerpt = default;
        if (span.Line <= 0 || !TryFindLine(file, span.Line, out ReadOnlySpan<byte> line))
        {
            return false;
        }

        // A span over several lines is underlined to the end of its first.
        int endColumn = span.EndLine == span.Line ? span.EndColumn : int.MaxValue;
        excerpt = Show(line, span.Column, endColumn);
        return true;
    }

    private static bool TryFindLine(ReadOnlySpan<byte> file, int number, out ReadOnlySpan<byte> line)
    {
        line = file;
        for (int i = 1; i < number; i++)
        {
            int end = line.IndexOf((byte)'\n');
            if (end < 0)
            {
                return false;
            }

            line = line[(end + 1)..];
        }

        int length = line.IndexOf((byte)'\n');
        line = (length < 0 ? line : line[..length]).TrimEnd((byte)'\r');
        return true;
    }

    private static SourceExcerpt Show(ReadOnlySpan<byte> line, int column, int endColumn)
    {
        var text = new StringBuilder();
        int? start = null;
        int? end = null;
        int at = 1;
        while (line.Length > 0 && text.Length < (start ?? text.Length) + MostShown)
        {
            start ??= at >= column ? text.Length : null;
            end ??= at >= endColumn ? text.Length : null;
            bool isWhole = Rune.DecodeFromUtf8(line, out Rune rune, out int bytes) == OperationStatus.Done;
            if (rune.Value == '\t')
            {
                int width = TabWidth - ((at - 1) % TabWidth);
                text.Append(' ', width);
                at += width;
            }
            else if (at == 1 && rune.Value == ByteOrderMark)
            {
                // It has columns, but nothing to show.
                at += bytes;
            }
            else
            {
                text.Append(isWhole ? TerminalText.Visible(rune) : Rune.ReplacementChar);
                at += bytes;
            }

            line = line[bytes..];
        }

        int from = start ?? text.Length;
        int length = Math.Max(1, (end ?? text.Length) - from);
        int cut = Math.Max(0, from - MostBefore);
        if (cut > 0 && char.IsLowSurrogate(text[cut]))
        {
            cut++;
        }

        return new SourceExcerpt(text.ToString(cut, text.Length - cut), from - cut, length);
    }
}
