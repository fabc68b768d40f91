using System.Text;

namespace Trunkline.Build.Reports;

/// <summary>
/// Turns the compiler's columns, which count bytes and let a tab reach to the next multiple of eight as protoc does, into those of editors, which count characters and
/// a tab as one.
/// </summary>
internal static class TextColumns
{
    private const int TabWidth = 8;

    /// <summary>The column of an editor.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The compiler's column, from 1.</param>
    public static int InCharacters(ReadOnlySpan<byte> file, int line, int column)
    {
        for (var i = 1; i < line; i++)
        {
            var end = file.IndexOf((byte)'\n');
            if (end < 0)
            {
                return column;
            }

            file = file[(end + 1)..];
        }

        // A byte order mark counts for the compiler and is no character.
        var width = line == 1 && file.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        file = file[width..];
        var characters = 1;
        while (width + 1 < column && file.Length > 0 && file[0] != '\n')
        {
            Rune.DecodeFromUtf8(file, out var rune, out var bytes);
            width = file[0] == '\t' ? (width / TabWidth * TabWidth) + TabWidth : width + bytes;
            characters += rune.Utf16SequenceLength;
            file = file[bytes..];
        }

        // Behind the end of the line columns go on as they are.
        return characters + Math.Max(0, column - 1 - width);
    }
}
