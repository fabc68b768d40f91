using Trunkline.Descriptors;

namespace Trunkline.Agreement.CSharp.Data;

/// <summary>Makes other bytes of a message's bytes: what peers of other makers, of other versions and of ill will may send for it.</summary>
internal sealed class WireVariants(Random random, RandomMessages messages)
{
    /// <summary>The bytes themselves first, then bytes that mean something, then damaged ones.</summary>
    public IEnumerable<byte[]> Of(DynamicMessage message)
    {
        byte[] bytes = message.ToByteArray();
        yield return bytes;
        yield return [.. bytes, .. UnknownFields(message.Schema)];
        yield return [.. bytes, .. messages.Make(message.Schema).ToByteArray()];
        if (InOtherForm(message) is { Length: > 0 } other)
        {
            yield return [.. bytes, .. other];
        }

        if (bytes.Length > 0)
        {
            yield return bytes[..random.Next(bytes.Length)];
            yield return Damage(bytes);
        }
    }

    /// <summary>The lists of numbers of a message once more, those that are packed without, and the others with a length in front.</summary>
    private static byte[] InOtherForm(DynamicMessage message)
    {
        var output = new WireWriter();
        foreach (FieldSchema field in message.SetFields.Where(field => field is { IsRepeated: true, IsMap: false } && IsNumber(field)))
        {
            List<byte[]> values = [.. message.GetList(field).Select(value => Payload(field, value))];
            if (field.IsPacked)
            {
                values.ForEach(value => WriteAlone(output, field, value));
            }
            else
            {
                output.WriteTag(field.Number, WireType.LengthDelimited);
                output.WriteBytes(values.SelectMany(value => value).ToArray());
            }
        }

        return output.Written.ToArray();
    }

    private static bool IsNumber(FieldSchema field) => field.Kind is not (FieldValueKind.String or FieldValueKind.Bytes or FieldValueKind.Message);

    private static void WriteAlone(WireWriter output, FieldSchema field, byte[] value)
    {
        output.WriteTag(field.Number, field.Type switch
        {
            FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64 => WireType.Fixed64,
            FieldType.Float or FieldType.Fixed32 or FieldType.SFixed32 => WireType.Fixed32,
            _ => WireType.Varint,
        });
        output.WriteRaw(value);
    }

    /// <summary>The bytes of one value without tag and length.</summary>
    private static byte[] Payload(FieldSchema field, FieldValue value)
    {
        var alone = new DynamicMessage(field.ContainingMessage);
        alone.Add(field, value);
        byte[] bytes = alone.ToByteArray();
        int start = VarintLength(bytes, 0);
        return bytes[(field.IsPacked ? start + VarintLength(bytes, start) : start)..];
    }

    private static int VarintLength(byte[] bytes, int at)
    {
        int end = at;
        while (bytes[end] >= 0x80)
        {
            end++;
        }

        return end - at + 1;
    }

    /// <summary>Fields with numbers that the message has not, of every wire type.</summary>
    private byte[] UnknownFields(MessageSchema schema)
    {
        var output = new WireWriter();
        for (int fields = random.Next(1, 5); fields > 0; fields--)
        {
            int number = random.Next(2) == 0 ? random.Next(1, 200) : random.Next(1, 1 << 29);
            if (schema.FindField(number) is null)
            {
                WriteUnknown(output, number, nesting: 0);
            }
        }

        return output.Written.ToArray();
    }

    private void WriteUnknown(WireWriter output, int number, int nesting)
    {
        switch (random.Next(nesting > 2 ? 4 : 5))
        {
            case 0:
                output.WriteTag(number, WireType.Varint);
                output.WriteVarint((ulong)random.NextInt64());
                break;
            case 1:
                output.WriteTag(number, WireType.Fixed32);
                output.WriteFixed32((uint)random.Next());
                break;
            case 2:
                output.WriteTag(number, WireType.Fixed64);
                output.WriteFixed64((ulong)random.NextInt64());
                break;
            case 3:
                output.WriteTag(number, WireType.LengthDelimited);
                byte[] bytes = new byte[random.Next(20)];
                random.NextBytes(bytes);
                output.WriteBytes(bytes);
                break;
            default:
                output.WriteTag(number, WireType.StartGroup);
                WriteUnknown(output, random.Next(1, 1000), nesting + 1);
                output.WriteTag(number, WireType.EndGroup);
                break;
        }
    }

    private byte[] Damage(byte[] bytes)
    {
        byte[] damaged = [.. bytes];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        }

        return damaged;
    }
}
