using System.Text.Unicode;

namespace Trunkline.Descriptors.Dynamic;

/// <summary>
/// Reads the wire form into messages. Both forms of lists of numbers are taken whatever the schema says; a known field in another wire type, a
/// number outside a closed enum, and fields outside the schema are kept as they came. The reader bounds the depth.
/// </summary>
internal static class MessageDecoder
{
    private const uint ItemTag = (1 << 3) | (uint)WireType.StartGroup;
    private const uint ItemTypeTag = (2 << 3) | (uint)WireType.Varint;
    private const uint ItemMessageTag = (3 << 3) | (uint)WireType.LengthDelimited;

    /// <summary>Reads to the end of the input, or to the end of the group with this number.</summary>
    public static void Merge(DynamicMessage message, ref WireReader reader, int group = 0)
    {
        var schema = message.Schema;
        var start = reader.Position;
        while (reader.TryReadTag(out var tag))
        {
            if ((WireType)(tag & 7) == WireType.EndGroup)
            {
                reader.CheckEndOf(group);
                return;
            }

            var isRead = schema.FindField((int)(tag >> 3)) is { } field
                ? ReadField(message, field, (WireType)(tag & 7), ref reader)
                : schema.IsMessageSet && tag == ItemTag && ReadItem(message, ref reader, start);
            if (!isRead)
            {
                reader.Skip(tag);
                message.AddUnknown(reader.Since(start));
            }

            start = reader.Position;
        }

        reader.CheckEndOf(group, isAtEnd: true);
    }

    private static bool ReadField(DynamicMessage message, FieldSchema field, WireType wireType, ref WireReader reader)
    {
        if (wireType != field.WireType)
        {
            if (wireType != WireType.LengthDelimited || !field.IsRepeated || field.WireType is WireType.StartGroup)
            {
                return false;
            }

            ReadPacked(message, field, ref reader);
            return true;
        }

        if (field.IsMap)
        {
            ReadMapEntry(message, field, ref reader);
        }
        else if (field.Kind == FieldValueKind.Message)
        {
            ReadMessage(message, field, ref reader);
        }
        else
        {
            AddValue(message, field, ReadValue(field, ref reader));
        }

        return true;
    }

    private static void AddValue(DynamicMessage message, FieldSchema field, FieldValue value)
    {
        if (IsOutside(field, value))
        {
            // As an enum's number, which has 32 bits, and not with the bits that it may have had beyond.
            var unknown = new WireWriter(16);
            unknown.WriteTag(field.Number, WireType.Varint);
            unknown.WriteVarint(value.Bits);
            message.AddUnknown(unknown.Written);
        }
        else if (field.IsRepeated)
        {
            message.ListOf(field).Add(value);
        }
        else
        {
            message.SetUnchecked(field, value);
        }
    }

    private static void ReadMessage(DynamicMessage message, FieldSchema field, ref WireReader reader)
    {
        DynamicMessage target;
        if (field.IsRepeated)
        {
            target = new DynamicMessage(field.Message!);
            message.ListOf(field).Add(target);
        }
        else
        {
            target = message.OpenUnchecked(field);
        }

        ReadInto(target, field, ref reader);
    }

    private static void ReadInto(DynamicMessage target, FieldSchema field, ref WireReader reader)
    {
        if (field.WireType == WireType.StartGroup)
        {
            reader.EnterGroup();
            Merge(target, ref reader, field.Number);
            reader.LeaveGroup();
            return;
        }

        var nested = reader.OpenNested();
        Merge(target, ref nested);
    }

    private static void ReadPacked(DynamicMessage message, FieldSchema field, ref WireReader reader)
    {
        var packed = reader.OpenPacked();
        while (!packed.IsAtEnd)
        {
            AddValue(message, field, ReadValue(field, ref packed));
        }
    }

    private static void ReadMapEntry(DynamicMessage message, FieldSchema field, ref WireReader reader)
    {
        var entry = reader.OpenNested();
        var (keyField, valueField) = (field.Message!.MapKey, field.Message.MapValue);
        FieldValue key = keyField.DefaultValue;
        FieldValue value = valueField.Message is { } type ? new DynamicMessage(type) : valueField.DefaultValue;
        while (entry.TryReadTag(out var tag))
        {
            if (tag == ((1u << 3) | (uint)keyField.WireType))
            {
                key = ReadValue(keyField, ref entry);
            }
            else if (tag != ((2u << 3) | (uint)valueField.WireType))
            {
                entry.Skip(tag);
            }
            else if (valueField.Message is not null)
            {
                ReadInto(value.AsMessage(), valueField, ref entry);
            }
            else
            {
                value = ReadValue(valueField, ref entry);
            }
        }

        if (IsOutside(valueField, value))
        {
            var unknown = new WireWriter(16);
            new MessageEncoder(unknown, deterministic: false).WriteMapEntry(field, key, value);
            message.AddUnknown(unknown.Written);
        }
        else
        {
            message.MapOf(field).Append(key, value);
        }
    }

    /// <summary>
    /// One item of a message set: a group of the extension's number and its message, in either order. Of each the first counts. An item of an
    /// unknown extension stays an item among the unknown fields.
    /// </summary>
    private static bool ReadItem(DynamicMessage message, ref WireReader reader, int start)
    {
        reader.EnterGroup();
        var (number, hasContent) = (0, false);
        WireReader content = default;
        uint tag;
        bool isAtEnd;
        while (!(isAtEnd = !reader.TryReadTag(out tag)) && (WireType)(tag & 7) != WireType.EndGroup)
        {
            if (tag == ItemTypeTag)
            {
                number = ReadItemNumber(ref reader, number);
            }
            else if (tag == ItemMessageTag && !hasContent)
            {
                content = reader.OpenNested();
                hasContent = true;
            }
            else
            {
                reader.Skip(tag);
            }
        }

        reader.CheckEndOf(1, isAtEnd);
        reader.LeaveGroup();
        if (number == 0 || !hasContent)
        {
            return true;
        }

        if (message.Schema.FindField(number) is { Kind: FieldValueKind.Message, IsRepeated: false } extension)
        {
            Merge(message.OpenUnchecked(extension), ref content);
        }
        else
        {
            message.AddUnknown(reader.Since(start));
        }

        return true;
    }

    private static int ReadItemNumber(ref WireReader reader, int first)
    {
        var start = reader.Position;
        var number = reader.ReadInt32();
        return number == 0 ? throw reader.Broken("an item of a message set has the number 0.", start) : first == 0 ? number : first;
    }

    private static bool IsOutside(FieldSchema field, FieldValue value) => field.IsClosedEnum && field.Enum!.FindName((int)value.Bits) is null;

    private static FieldValue ReadValue(FieldSchema field, ref WireReader reader)
    {
        switch (field.Type)
        {
            case FieldType.String:
                return FieldValue.OfUtf8(ReadText(field, ref reader));
            case FieldType.Bytes:
                return FieldValue.OfBytes(reader.ReadBytes().ToArray());
            case FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64:
                return new FieldValue(field.Kind, reader.ReadFixed64());
            case FieldType.Float or FieldType.Fixed32:
                return new FieldValue(field.Kind, reader.ReadFixed32());
            case FieldType.SFixed32:
                return (int)reader.ReadFixed32();
            case FieldType.Int32:
                return reader.ReadInt32();
            case FieldType.Enum:
                return FieldValue.OfEnum(reader.ReadInt32());
            case FieldType.UInt32:
                return (uint)reader.ReadUInt64();
            case FieldType.Bool:
                return reader.ReadBool();
            case FieldType.SInt32:
                var small = (uint)reader.ReadUInt64();
                return (int)(small >> 1) ^ -(int)(small & 1);
            case FieldType.SInt64:
                var large = reader.ReadUInt64();
                return (long)(large >> 1) ^ -(long)(large & 1);
            default:
                return new FieldValue(field.Kind, reader.ReadUInt64());
        }
    }

    private static byte[] ReadText(FieldSchema field, ref WireReader reader)
    {
        var start = reader.Position;
        var text = reader.ReadBytes();
        if (field.IsUtf8Checked && !Utf8.IsValid(text))
        {
            throw reader.Broken(
                $"String field '{field.FullName}' contains invalid UTF-8 data when parsing a protocol buffer. "
                + "Use the 'bytes' type if you intend to send raw bytes.",
                start);
        }

        return text.ToArray();
    }
}
