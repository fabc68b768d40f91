using System.Text;

namespace Trunkline.Descriptors.Tests;

/// <summary>Messages with random fields set to random values, edges among them.</summary>
internal static class RandomMessages
{
    public static DynamicMessage Make(MessageSchema schema, Random random, int depth = 0)
    {
        var message = new DynamicMessage(schema);
        var fields = schema.Fields.Concat(schema.Registry.Extensions.Where(extension => extension.ContainingMessage == schema));
        foreach (var field in fields)
        {
            // Deep messages get fewer fields, so that they end.
            if (random.Next(depth + 2) == 0 && (depth < 5 || field.Kind != FieldValueKind.Message))
            {
                Fill(message, field, random, depth);
            }
        }

        return message;
    }

    private static void Fill(DynamicMessage message, FieldSchema field, Random random, int depth)
    {
        if (!field.IsRepeated)
        {
            message.Set(field, Value(field, random, depth));
            return;
        }

        for (var count = random.Next(4); count > 0; count--)
        {
            if (field.IsMap)
            {
                message.Put(field, Value(field.Message!.Field("key"), random, depth), Value(field.Message.Field("value"), random, depth));
            }
            else
            {
                message.Add(field, Value(field, random, depth));
            }
        }
    }

    private static FieldValue Value(FieldSchema field, Random random, int depth) => field.Kind switch
    {
        FieldValueKind.Int32 => Edge(random, int.MinValue, -1, 0, int.MaxValue, random.Next()),
        FieldValueKind.Int64 => Edge(random, long.MinValue, -1, 0, long.MaxValue, random.NextInt64()),
        FieldValueKind.UInt32 => Edge(random, 0u, 1u, 0x80000000u, uint.MaxValue, (uint)random.Next()),
        FieldValueKind.UInt64 => Edge(random, 0ul, 1ul, 1ul << 63, ulong.MaxValue, (ulong)random.NextInt64()),
        FieldValueKind.Float => Edge(random, 0f, -0f, float.Epsilon, float.MaxValue, float.PositiveInfinity, BitConverter.Int32BitsToSingle(random.Next() & 0x7F7FFFFF)),
        FieldValueKind.Double => Edge(random, 0d, -0d, double.Epsilon, double.MaxValue, double.NegativeInfinity, random.NextDouble(), BitConverter.Int64BitsToDouble(random.NextInt64() & ~(1L << 62))),
        FieldValueKind.Bool => random.Next(2) == 0,
        FieldValueKind.String => Edge(random, "", "a", "\"'\\\n", "äöü€😀", new string('x', random.Next(200))),
        FieldValueKind.Bytes => FieldValue.OfBytes(Encoding.Latin1.GetBytes(new string((char)random.Next(256), random.Next(5)))),
        FieldValueKind.Enum => FieldValue.OfEnum(field.Enum!.Descriptor.Values[random.Next(field.Enum.Descriptor.Values.Count)].Number!.Value),
        _ when field.Message!.FullName == "google.protobuf.Any" => Any(field.Message, field.ContainingMessage, random, depth),
        _ => Make(field.Message!, random, depth + 1),
    };

    private static DynamicMessage Any(MessageSchema any, MessageSchema type, Random random, int depth)
    {
        var message = new DynamicMessage(any);
        message.Set(any.Field("type_url"), $"type.googleapis.com/{type}");
        message.Set(any.Field("value"), FieldValue.OfBytes(Make(type, random, depth + 1).ToByteArray()));
        return message;
    }

    private static T Edge<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
