using System.Globalization;
using System.Text;

namespace Trunkline.Descriptors;

/// <summary>
/// One value of a field, without a box around numbers. Text is held as the bytes it has on the wire: files of proto2 may carry text that is
/// not UTF-8, and to replace it would lose data. Values convert from the types of C#; <see cref="OfEnum"/>, <see cref="OfBytes"/> and
/// <see cref="OfUtf8"/> make the kinds that share one.
/// </summary>
public readonly struct FieldValue : IEquatable<FieldValue>
{
    private readonly object? _reference;

    internal FieldValue(FieldValueKind kind, ulong bits)
    {
        Kind = kind;
        Bits = bits;
    }

    private FieldValue(FieldValueKind kind, object reference)
    {
        Kind = kind;
        _reference = reference;
    }

    /// <summary>What the value holds.</summary>
    public FieldValueKind Kind { get; }

    /// <summary>A number: sign-extended, zero-extended, or the bits of a floating-point number.</summary>
    internal ulong Bits { get; }

    /// <summary>Whether this is what a field without presence counts as not set; -0.0 is not.</summary>
    internal bool IsZero => _reference switch
    {
        null => Bits == 0,
        byte[] bytes => bytes.Length == 0,
        _ => false,
    };

    internal byte[] RawBytes => (byte[])_reference!;

    /// <summary>A number.</summary>
    public static implicit operator FieldValue(int value) => new(FieldValueKind.Int32, (ulong)(long)value);

    /// <summary>A number.</summary>
    public static implicit operator FieldValue(long value) => new(FieldValueKind.Int64, (ulong)value);

    /// <summary>A number.</summary>
    public static implicit operator FieldValue(uint value) => new(FieldValueKind.UInt32, value);

    /// <summary>A number.</summary>
    public static implicit operator FieldValue(ulong value) => new(FieldValueKind.UInt64, value);

    /// <summary>A number.</summary>
    public static implicit operator FieldValue(float value) => new(FieldValueKind.Float, BitConverter.SingleToUInt32Bits(value));

    /// <summary>A number.</summary>
    public static implicit operator FieldValue(double value) => new(FieldValueKind.Double, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A truth value.</summary>
    public static implicit operator FieldValue(bool value) => new(FieldValueKind.Bool, value ? 1u : 0u);

    /// <summary>Text.</summary>
    public static implicit operator FieldValue(string value) => OfUtf8(Encoding.UTF8.GetBytes(value));

    /// <summary>A message; the field shares it.</summary>
    public static implicit operator FieldValue(DynamicMessage value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new FieldValue(FieldValueKind.Message, value);
    }

    /// <summary>Whether both are of one kind and hold the same; messages are the same when they are one object, NaN is itself.</summary>
    public static bool operator ==(FieldValue left, FieldValue right) => left.Equals(right);

    /// <summary>Whether the values differ.</summary>
    public static bool operator !=(FieldValue left, FieldValue right) => !left.Equals(right);

    /// <summary>The number of an enum value.</summary>
    public static FieldValue OfEnum(int number) => new(FieldValueKind.Enum, (ulong)(long)number);

    /// <summary>Bytes; the array belongs to the value from now on.</summary>
    public static FieldValue OfBytes(byte[] bytes) => new(FieldValueKind.Bytes, bytes);

    /// <summary>Text as its bytes; the array belongs to the value from now on.</summary>
    public static FieldValue OfUtf8(byte[] text) => new(FieldValueKind.String, text);

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public int AsInt32() => (int)Number(FieldValueKind.Int32);

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public long AsInt64() => (long)Number(FieldValueKind.Int64);

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public uint AsUInt32() => (uint)Number(FieldValueKind.UInt32);

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public ulong AsUInt64() => Number(FieldValueKind.UInt64);

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public float AsFloat() => BitConverter.UInt32BitsToSingle((uint)Number(FieldValueKind.Float));

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public double AsDouble() => BitConverter.UInt64BitsToDouble(Number(FieldValueKind.Double));

    /// <summary>The truth value.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public bool AsBool() => Number(FieldValueKind.Bool) != 0;

    /// <summary>The number of the enum value.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public int AsEnum() => (int)Number(FieldValueKind.Enum);

    /// <summary>The text; what is not UTF-8 is replaced by U+FFFD, see <see cref="AsBytes"/>.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public string AsString() => Kind == FieldValueKind.String ? Encoding.UTF8.GetString(RawBytes) : throw Other(FieldValueKind.String);

    /// <summary>The bytes, or the bytes of a text.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public ReadOnlyMemory<byte> AsBytes() => _reference is byte[] bytes ? bytes : throw Other(FieldValueKind.Bytes);

    /// <summary>The message.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public DynamicMessage AsMessage() => _reference as DynamicMessage ?? throw Other(FieldValueKind.Message);

    /// <inheritdoc/>
    public bool Equals(FieldValue other) => Kind == other.Kind && Bits == other.Bits && (_reference, other._reference) switch
    {
        (byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right),
        var (left, right) => ReferenceEquals(left, right),
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FieldValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Kind);
        hash.Add(Bits);
        if (_reference is byte[] bytes)
        {
            hash.AddBytes(bytes);
        }

        return hash.ToHashCode();
    }

    /// <summary>The value for people; the form may change.</summary>
    public override string ToString() => Kind switch
    {
        FieldValueKind.String => AsString(),
        FieldValueKind.Bytes => Convert.ToHexString(RawBytes),
        FieldValueKind.Float => AsFloat().ToString(CultureInfo.InvariantCulture),
        FieldValueKind.Double => AsDouble().ToString(CultureInfo.InvariantCulture),
        FieldValueKind.Bool => AsBool() ? "true" : "false",
        FieldValueKind.UInt32 or FieldValueKind.UInt64 => Bits.ToString(CultureInfo.InvariantCulture),
        FieldValueKind.Message => AsMessage().ToString(),
        _ => ((long)Bits).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Zero, false, or empty. Not for messages.</summary>
    internal static FieldValue Zero(FieldValueKind kind)
        => kind is FieldValueKind.String or FieldValueKind.Bytes ? new FieldValue(kind, (object)Array.Empty<byte>()) : new FieldValue(kind, 0);

    private ulong Number(FieldValueKind wanted) => Kind == wanted ? Bits : throw Other(wanted);

    private InvalidOperationException Other(FieldValueKind wanted) => new($"The value is of kind {Kind}, not {wanted}.");
}
