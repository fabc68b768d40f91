using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Trunkline.Descriptors;

/// <summary>
/// Writes the wire form of messages into one growing buffer. A nested message is written in place behind a one-byte length and moved up
/// only when its length needs more, so that no message has to be measured before it is written.
/// </summary>
public sealed class WireWriter
{
    private byte[] _buffer;
    private int _length;

    /// <summary>Starts empty.</summary>
    /// <param name="capacity">Bytes to have room for at the start.</param>
    public WireWriter(int capacity = 256) => _buffer = new byte[Math.Max(capacity, 16)];

    /// <summary>What has been written. Valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>What has been written. Valid until the next write.</summary>
    internal ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _length);

    /// <summary>Hands what has been written to <paramref name="output"/>.</summary>
    public void CopyTo(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write(Written);
    }

    /// <summary>Writes a tag: field number and wire type.</summary>
    public void WriteTag(int fieldNumber, WireType type) => WriteVarint(((ulong)(uint)fieldNumber << 3) | (uint)type);

    /// <summary>Writes a varint.</summary>
    public void WriteVarint(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _buffer[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[_length++] = (byte)value;
    }

    /// <summary>Writes four bytes, least significant first.</summary>
    public void WriteFixed32(uint value)
    {
        Reserve(4);
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_length), value);
        _length += 4;
    }

    /// <summary>Writes eight bytes, least significant first.</summary>
    public void WriteFixed64(ulong value)
    {
        Reserve(8);
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += 8;
    }

    /// <summary>Writes bytes as they are: no tag, no length.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Writes a length and the bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteVarint((ulong)bytes.Length);
        WriteRaw(bytes);
    }

    /// <summary>Writes a length and the text as UTF-8.</summary>
    public void WriteText(ReadOnlySpan<char> text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteVarint((ulong)length);
        Reserve(length);
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
    }

    /// <summary>Writes the field unless <paramref name="value"/> is null: a set empty text is written.</summary>
    public void WriteString(int fieldNumber, string? value)
    {
        if (value is not null)
        {
            WriteTag(fieldNumber, WireType.LengthDelimited);
            WriteText(value);
        }
    }

    /// <summary>Writes one field per text.</summary>
    public void WriteStrings(int fieldNumber, List<string> values)
    {
        foreach (var value in values)
        {
            WriteString(fieldNumber, value);
        }
    }

    /// <summary>Writes the field unless <paramref name="value"/> is null. A negative number takes ten bytes.</summary>
    public void WriteInt32(int fieldNumber, int? value) => WriteInt64(fieldNumber, value);

    /// <summary>Writes the field unless <paramref name="value"/> is null.</summary>
    public void WriteInt64(int fieldNumber, long? value) => WriteUInt64(fieldNumber, (ulong?)value);

    /// <summary>Writes the field unless <paramref name="value"/> is null.</summary>
    public void WriteUInt64(int fieldNumber, ulong? value)
    {
        if (value is { } number)
        {
            WriteTag(fieldNumber, WireType.Varint);
            WriteVarint(number);
        }
    }

    /// <summary>Writes the field unless <paramref name="value"/> is null: a set false is written.</summary>
    public void WriteBool(int fieldNumber, bool? value)
    {
        if (value is { } truth)
        {
            WriteTag(fieldNumber, WireType.Varint);
            WriteVarint(truth ? 1u : 0u);
        }
    }

    /// <summary>Writes the field unless <paramref name="value"/> is null.</summary>
    public void WriteDouble(int fieldNumber, double? value)
    {
        if (value is { } number)
        {
            WriteTag(fieldNumber, WireType.Fixed64);
            WriteFixed64(BitConverter.DoubleToUInt64Bits(number));
        }
    }

    /// <summary>Writes the field unless <paramref name="value"/> is null: set empty bytes are written.</summary>
    public void WriteBytes(int fieldNumber, ReadOnlyMemory<byte>? value)
    {
        if (value is { } bytes)
        {
            WriteTag(fieldNumber, WireType.LengthDelimited);
            WriteBytes(bytes.Span);
        }
    }

    /// <summary>Writes one field per number.</summary>
    public void WriteInt32s(int fieldNumber, List<int> values)
    {
        foreach (var value in values)
        {
            WriteInt32(fieldNumber, value);
        }
    }

    /// <summary>Writes all numbers as one packed field, or nothing when there are none.</summary>
    public void WritePackedInt32s(int fieldNumber, List<int> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        var start = BeginNested(fieldNumber);
        foreach (var value in values)
        {
            WriteVarint((ulong)value);
        }

        EndNested(start);
    }

    /// <summary>Writes the message as a field unless it is null: a set empty message is written.</summary>
    public void WriteMessage(int fieldNumber, DescriptorMessage? message)
    {
        if (message is not null)
        {
            var start = BeginNested(fieldNumber);
            message.WriteTo(this);
            EndNested(start);
        }
    }

    /// <summary>Writes one field per message.</summary>
    public void WriteMessages<T>(int fieldNumber, List<T> messages)
        where T : DescriptorMessage
    {
        foreach (var message in messages)
        {
            WriteMessage(fieldNumber, message);
        }
    }

    /// <summary>Opens a length-delimited field. What is written until <see cref="EndNested"/> is its content.</summary>
    /// <returns>The mark to give to <see cref="EndNested"/>.</returns>
    public int BeginNested(int fieldNumber)
    {
        WriteTag(fieldNumber, WireType.LengthDelimited);
        Reserve(1);
        _length++;
        return _length;
    }

    /// <summary>Closes the field opened at <paramref name="start"/>.</summary>
    public void EndNested(int start)
    {
        var count = _length - start;
        var lengthBytes = VarintLength((uint)count);
        if (lengthBytes > 1)
        {
            Reserve(lengthBytes - 1);
            _buffer.AsSpan(start, count).CopyTo(_buffer.AsSpan(start + lengthBytes - 1));
        }

        _length = start - 1;
        WriteVarint((ulong)count);
        _length += count;
    }

    private static int VarintLength(uint value) => value switch
    {
        < 1u << 7 => 1,
        < 1u << 14 => 2,
        < 1u << 21 => 3,
        < 1u << 28 => 4,
        _ => 5,
    };

    private void Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(checked(_length + count), (int)Math.Min(2L * _buffer.Length, Array.MaxLength)));
        }
    }
}
