using System.Globalization;
using System.Text;

namespace Trunkline.Descriptors.Text;

/// <summary>
/// Prints fields by their numbers: what has a length as a message where it can be read as one, otherwise as text. The guess is limited to ten
/// levels, as protoc limits it, since each level reads the bytes again.
/// </summary>
internal sealed class UnknownFieldPrinter(StringBuilder output)
{
    private const int GuessedLevels = 10;

    public void Print(ReadOnlySpan<byte> fields, int depth, bool inMessageSet)
    {
        var reader = new UnknownFieldReader(fields);
        PrintFields(ref reader, depth, GuessedLevels, inMessageSet);
    }

    private void PrintFields(ref UnknownFieldReader reader, int depth, int levels, bool inMessageSet)
    {
        while (!reader.IsAtEnd && reader.TryReadTag(out var number, out var type) && type != WireType.EndGroup)
        {
            if (inMessageSet && number == 1 && type == WireType.StartGroup)
            {
                PrintItem(ref reader, depth, levels);
                continue;
            }

            PrintField(ref reader, number, type, depth, levels);
        }
    }

    private void PrintField(ref UnknownFieldReader reader, int number, WireType type, int depth, int levels)
    {
        switch (type)
        {
            case WireType.Varint when reader.TryReadVarint(out var value):
                Begin(number, depth).Append(CultureInfo.InvariantCulture, $": {value}\n");
                break;
            case WireType.Fixed32 when reader.TryReadFixed32(out var value):
                Begin(number, depth).Append(CultureInfo.InvariantCulture, $": 0x{value:x8}\n");
                break;
            case WireType.Fixed64 when reader.TryReadFixed64(out var value):
                Begin(number, depth).Append(CultureInfo.InvariantCulture, $": 0x{value:x16}\n");
                break;
            case WireType.LengthDelimited when reader.TryReadBytes(out var content):
                PrintBytes(number, content, depth, levels);
                break;
            case WireType.StartGroup:
                Begin(number, depth).Append(" {\n");
                PrintFields(ref reader, depth + 1, levels - 1, inMessageSet: false);
                End(depth);
                break;
        }
    }

    private void PrintBytes(int number, ReadOnlySpan<byte> content, int depth, int levels)
    {
        Begin(number, depth);
        if (!content.IsEmpty && levels > 0 && UnknownFieldReader.IsMessage(content, levels))
        {
            output.Append(" {\n");
            var nested = new UnknownFieldReader(content);
            PrintFields(ref nested, depth + 1, levels - 1, inMessageSet: false);
            End(depth);
            return;
        }

        output.Append(": \"");
        TextEscapes.Escape(content, output);
        output.Append("\"\n");
    }

    /// <summary>An item of a message set whose extension is not known: its number and its content, of each the first.</summary>
    private void PrintItem(ref UnknownFieldReader reader, int depth, int levels)
    {
        var (itemNumber, hasNumber, hasContent) = (0, false, false);
        ReadOnlySpan<byte> content = default;
        while (reader.TryReadTag(out var number, out var type) && type != WireType.EndGroup)
        {
            if (number == 2 && type == WireType.Varint && !hasNumber)
            {
                hasNumber = reader.TryReadVarint(out var value);
                itemNumber = (int)value;
            }
            else if (number == 3 && type == WireType.LengthDelimited && !hasContent)
            {
                hasContent = reader.TryReadBytes(out content);
            }
            else
            {
                reader.Skip(number, type);
            }
        }

        PrintBytes(itemNumber, content, depth, levels);
    }

    private StringBuilder Begin(int number, int depth) => output.Append(' ', depth * 2).Append(number.ToString(CultureInfo.InvariantCulture));

    private void End(int depth) => output.Append(' ', depth * 2).Append("}\n");
}
