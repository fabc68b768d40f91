using Trunkline.Descriptors;

namespace Trunkline.Agreement.CSharp.Data;

/// <summary>Makes messages with random content: every kind of field, values at the ends of their ranges, nesting of bounded depth.</summary>
internal sealed class RandomMessages(Random random, ILookup<MessageSchema, FieldSchema> extensions)
{
    private const int MaximumDepth = 3;
    private const int FieldsAtMost = 24;

    private static readonly string[] Texts = ["", "a", "text", "Grüße", "日本語", "😀", "\0", "\"quoted\"\\\n\t", "</script>", "\u2028\u200b\ufeff", new('x', 200)];
    private static readonly long[] Integers = [0, 1, -1, 2, 127, 128, 300, 16384, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];

    private static readonly double[] Reals =
        [0, -0.0, 1, -1.5, 0.1, 1e10, 123456789.125, 1e300, -1e-300, double.MaxValue, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity, float.MaxValue];

    /// <summary>Whether the last message holds no number outside a closed enum: such a number is unknown to the specification, and a value to the runtime.</summary>
    public bool AreNumbersKnown { get; private set; }

    /// <summary>A message of that type; every tenth is empty.</summary>
    public DynamicMessage Make(MessageSchema schema)
    {
        AreNumbersKnown = true;
        return Make(schema, depth: 0);
    }

    /// <summary>A value for one field, or for one element of it.</summary>
    public FieldValue Value(FieldSchema field, int depth = MaximumDepth) => field.Kind switch
    {
        FieldValueKind.Int32 => (int)Integer(),
        FieldValueKind.Int64 => Integer(),
        FieldValueKind.UInt32 => (uint)Integer(),
        FieldValueKind.UInt64 => (ulong)Integer(),
        FieldValueKind.Float => (float)Any(Reals),
        FieldValueKind.Double => Any(Reals),
        FieldValueKind.Bool => random.Next(2) == 0,
        FieldValueKind.Enum => FieldValue.OfEnum(EnumNumber(field)),
        FieldValueKind.String => Any(Texts),
        FieldValueKind.Bytes => FieldValue.OfBytes(Bytes()),
        _ => Make(field.Message!, depth + 1),
    };

    private DynamicMessage Make(MessageSchema schema, int depth)
    {
        var message = new DynamicMessage(schema);
        if (depth > MaximumDepth || (depth == 0 && random.Next(10) == 0))
        {
            return message;
        }

        // Types of services may have hundreds of fields: what is looked at is all kinds of them, not all at once.
        IReadOnlyList<FieldSchema> fields = [.. schema.Fields, .. extensions[schema]];
        double share = Math.Min(depth == 0 ? 0.6 : 0.3, (double)FieldsAtMost / Math.Max(fields.Count, 1));
        foreach (FieldSchema field in fields)
        {
            bool isNeeded = field.IsRequired && random.Next(10) != 0;
            if (isNeeded || random.NextDouble() < share)
            {
                Fill(message, field, depth);
            }
        }

        return message;
    }

    private void Fill(DynamicMessage message, FieldSchema field, int depth)
    {
        if (field.IsMap)
        {
            for (int entries = random.Next(4); entries > 0; entries--)
            {
                message.Put(field, Value(field.Message!.Fields[0], depth), Value(field.Message.Fields[1], depth));
            }
        }
        else if (field.IsRepeated)
        {
            for (int elements = random.Next(4); elements > 0; elements--)
            {
                message.Add(field, Value(field, depth));
            }
        }
        else
        {
            message.Set(field, Value(field, depth));
        }
    }

    private long Integer() => random.Next(3) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64) : Any(Integers);

    private int EnumNumber(FieldSchema field)
    {
        var values = field.Enum!.Descriptor.Values;
        if (random.Next(8) != 0)
        {
            return values[random.Next(values.Count)].Number ?? 0;
        }

        int number = random.Next(-3, 2000);
        AreNumbersKnown &= !field.IsClosedEnum || values.Exists(value => value.Number == number);
        return number;
    }

    private byte[] Bytes()
    {
        byte[] bytes = new byte[random.Next(3) == 0 ? 0 : random.Next(1, 40)];
        random.NextBytes(bytes);
        return bytes;
    }

    private T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
