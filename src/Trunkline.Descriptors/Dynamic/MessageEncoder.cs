using System.Runtime.CompilerServices;

namespace Trunkline.Descriptors.Dynamic;

/// <summary>Writes messages in wire form: fields by number, extensions among them, then the unknown fields.</summary>
internal sealed class MessageEncoder(WireWriter writer, bool deterministic)
{
    /// <summary>
    /// How deep messages may lie in each other when they are written, printed or parsed from text: far beyond what any reader of the wire form
    /// takes (100), and far from the end of a thread's stack.
    /// </summary>
    public const int MaximumDepth = 1000;

    private int _depth;

    /// <summary>Refuses a message that lies too deep, for the limit or for the stack of a small thread.</summary>
    public static void CheckDepth(DynamicMessage message, int depth)
    {
        if (depth > MaximumDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new InvalidOperationException(
                $"Messages of {message.Schema} lie more than {MaximumDepth} deep in each other, or inside themselves, "
                + "or deeper than this thread's stack allows.");
        }
    }

    public void Write(DynamicMessage message)
    {
        CheckDepth(message, ++_depth);
        foreach (ref readonly var entry in message.Entries)
        {
            WriteEntry(entry, message.Schema.IsMessageSet);
        }

        writer.WriteRaw(message.UnknownFields.Span);
        _depth--;
    }

    /// <summary>An entry has both halves on the wire, whatever they are.</summary>
    public void WriteMapEntry(FieldSchema field, FieldValue key, FieldValue value)
    {
        var start = writer.BeginNested(field.Number);
        WriteField(field.Message!.MapKey, key);
        WriteField(field.Message.MapValue, value);
        writer.EndNested(start);
    }

    private void WriteEntry(FieldEntry entry, bool inMessageSet)
    {
        var field = entry.Field;
        if (entry.Map is { } map)
        {
            WriteMap(field, map);
        }
        else if (entry.List is not { } list)
        {
            if (inMessageSet && field is { IsExtension: true, Kind: FieldValueKind.Message })
            {
                WriteItem(field.Number, entry.Single.AsMessage());
            }
            else
            {
                WriteField(field, entry.Single);
            }
        }
        else if (field.IsPacked && list.Count > 0)
        {
            WritePacked(field, list);
        }
        else
        {
            foreach (var value in list)
            {
                WriteField(field, value);
            }
        }
    }

    private void WriteMap(FieldSchema field, MapEntries map)
    {
        foreach (var (key, value) in deterministic ? map.Sorted() : map.All)
        {
            WriteMapEntry(field, key, value);
        }
    }

    private void WriteItem(int number, DynamicMessage content)
    {
        writer.WriteTag(1, WireType.StartGroup);
        writer.WriteInt32(2, number);
        var start = writer.BeginNested(3);
        Write(content);
        writer.EndNested(start);
        writer.WriteTag(1, WireType.EndGroup);
    }

    private void WritePacked(FieldSchema field, List<FieldValue> list)
    {
        var start = writer.BeginNested(field.Number);
        foreach (var value in list)
        {
            WriteNumber(field, value.Bits);
        }

        writer.EndNested(start);
    }

    private void WriteField(FieldSchema field, FieldValue value)
    {
        switch (field.WireType)
        {
            case WireType.StartGroup:
                writer.WriteTag(field.Number, WireType.StartGroup);
                Write(value.AsMessage());
                writer.WriteTag(field.Number, WireType.EndGroup);
                break;
            case WireType.LengthDelimited when value.Kind == FieldValueKind.Message:
                var start = writer.BeginNested(field.Number);
                Write(value.AsMessage());
                writer.EndNested(start);
                break;
            case WireType.LengthDelimited:
                writer.WriteTag(field.Number, WireType.LengthDelimited);
                writer.WriteBytes(value.RawBytes);
                break;
            default:
                writer.WriteTag(field.Number, field.WireType);
                WriteNumber(field, value.Bits);
                break;
        }
    }

    private void WriteNumber(FieldSchema field, ulong bits)
    {
        switch (field.Type)
        {
            case FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64:
                writer.WriteFixed64(bits);
                break;
            case FieldType.Float or FieldType.Fixed32 or FieldType.SFixed32:
                writer.WriteFixed32((uint)bits);
                break;
            case FieldType.SInt32:
                writer.WriteVarint((uint)((int)bits << 1) ^ (uint)((int)bits >> 31));
                break;
            case FieldType.SInt64:
                writer.WriteVarint((bits << 1) ^ (ulong)((long)bits >> 63));
                break;
            default:
                writer.WriteVarint(bits);
                break;
        }
    }
}
