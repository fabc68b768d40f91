using Trunkline.Descriptors;

namespace Trunkline.Compiler.Options;

/// <summary>What an integer type can hold, and its name in messages.</summary>
internal readonly record struct NumberRange(string Type, long Least, ulong Most)
{
    public static NumberRange? Of(FieldType type) => type switch
    {
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => new NumberRange("int32", int.MinValue, int.MaxValue),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => new NumberRange("int64", long.MinValue, long.MaxValue),
        FieldType.UInt32 or FieldType.Fixed32 => new NumberRange("uint32", 0, uint.MaxValue),
        FieldType.UInt64 or FieldType.Fixed64 => new NumberRange("uint64", 0, ulong.MaxValue),
        _ => null,
    };

    public bool Contains(ulong magnitude, bool isNegative)
        => isNegative ? magnitude <= unchecked((ulong)-Least) : magnitude <= Most;

    /// <summary>The bits that stand on the wire for a number that is in range.</summary>
    public static ulong ToBits(FieldType type, ulong magnitude, bool isNegative)
    {
        ulong value = isNegative ? unchecked((ulong)-(long)magnitude) : magnitude;
        return type switch
        {
            FieldType.SInt32 => (uint)(((int)value << 1) ^ ((int)value >> 31)),
            FieldType.SInt64 => unchecked((ulong)(((long)value << 1) ^ ((long)value >> 63))),
            FieldType.SFixed32 => (uint)value,
            _ => value,
        };
    }

    public static ulong ToBits(FieldType type, double value)
        => type == FieldType.Float ? BitConverter.SingleToUInt32Bits((float)value) : BitConverter.DoubleToUInt64Bits(value);
}
