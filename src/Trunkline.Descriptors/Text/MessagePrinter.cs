using System.Globalization;
using System.Text;
using Trunkline.Descriptors.Dynamic;

namespace Trunkline.Descriptors.Text;

/// <summary>Prints messages: a field a line, nested messages indented by two.</summary>
internal sealed class MessagePrinter(StringBuilder output, bool expandAny)
{
    private readonly UnknownFieldPrinter _unknown = new(output);
    private int _depth;

    public void Print(DynamicMessage message)
    {
        MessageEncoder.CheckDepth(message, _depth);
        if (expandAny && AnyContent.TryRead(message, out var url, out var content))
        {
            Begin($"[{url}]");
            PrintBody(content);
            return;
        }

        foreach (ref readonly var entry in message.Entries)
        {
            PrintEntry(entry);
        }

        _unknown.Print(message.UnknownFields.Span, _depth, message.Schema.IsMessageSet);
    }

    /// <summary>How a field is called: extensions by their full name, items of message sets by their type, groups by their type's simple name.</summary>
    private static string NameOf(FieldSchema field)
    {
        if (!field.IsExtension)
        {
            return field.IsGroupLike ? field.Message!.Name : field.Name;
        }

        var isItem = field.ContainingMessage.IsMessageSet && field.Type == FieldType.Message
            && field.Descriptor.Label == FieldLabel.Optional && field.ExtensionScope == field.Message;
        return $"[{(isItem ? field.Message!.FullName : field.FullName)}]";
    }

    private void PrintEntry(FieldEntry entry)
    {
        var name = NameOf(entry.Field);
        if (entry.Map is { } map)
        {
            PrintMap(entry.Field, name, map);
        }
        else if (entry.List is { } list)
        {
            foreach (var value in list)
            {
                PrintField(entry.Field, name, value);
            }
        }
        else
        {
            PrintField(entry.Field, name, entry.Single);
        }
    }

    private void PrintMap(FieldSchema field, string name, MapEntries map)
    {
        foreach (var (key, value) in map.Sorted())
        {
            Begin(name);
            _depth++;
            PrintField(field.Message!.MapKey, "key", key);
            PrintField(field.Message.MapValue, "value", value);
            _depth--;
            End();
        }
    }

    private void PrintField(FieldSchema field, string name, FieldValue value)
    {
        if (value.Kind == FieldValueKind.Message)
        {
            Begin(name);
            PrintBody(value.AsMessage());
            return;
        }

        output.Append(' ', _depth * 2).Append(name).Append(": ");
        PrintValue(field, value);
        output.Append('\n');
    }

    private void PrintValue(FieldSchema field, FieldValue value)
    {
        switch (value.Kind)
        {
            case FieldValueKind.String or FieldValueKind.Bytes:
                output.Append('"');
                TextEscapes.Escape(value.RawBytes, output);
                output.Append('"');
                break;
            case FieldValueKind.Enum:
                output.Append(field.Enum!.FindName(value.AsEnum()) ?? value.AsEnum().ToString(CultureInfo.InvariantCulture));
                break;
            case FieldValueKind.Float:
                output.Append(TextNumbers.Print(value.AsFloat()));
                break;
            case FieldValueKind.Double:
                output.Append(TextNumbers.Print(value.AsDouble()));
                break;
            case FieldValueKind.UInt32 or FieldValueKind.UInt64:
                output.Append(CultureInfo.InvariantCulture, $"{value.Bits}");
                break;
            case FieldValueKind.Int32 or FieldValueKind.Int64:
                output.Append(CultureInfo.InvariantCulture, $"{(long)value.Bits}");
                break;
            default:
                output.Append(value.AsBool() ? "true" : "false");
                break;
        }
    }

    private void PrintBody(DynamicMessage message)
    {
        _depth++;
        Print(message);
        _depth--;
        End();
    }

    private void Begin(string name) => output.Append(' ', _depth * 2).Append(name).Append(" {\n");

    private void End() => output.Append(' ', _depth * 2).Append("}\n");
}
