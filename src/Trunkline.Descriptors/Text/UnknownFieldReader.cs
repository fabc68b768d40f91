using System.Buffers.Binary;

namespace Trunkline.Descriptors.Text;

/// <summary>
/// Walks bytes that may be a message or may be anything, so that a fault is an answer and no exception. Where protoc guesses it is more
/// generous than where it parses: tags and lengths may take ten bytes.
/// </summary>
internal ref struct UnknownFieldReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public readonly bool IsAtEnd => _position == _bytes.Length;

    /// <summary>Whether bytes are a message whose groups lie at most <paramref name="depth"/> deep in each other.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> bytes, int depth)
    {
        var reader = new UnknownFieldReader(bytes);
        return reader.SkipFields(group: 0, depth);
    }

    public bool TryReadTag(out int number, out WireType type)
    {
        var isRead = TryReadVarint(out var tag);
        number = (int)((uint)tag >> 3);
        type = (WireType)(tag & 7);
        return isRead && number > 0;
    }

    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 70 && _position < _bytes.Length; shift += 7)
        {
            var next = _bytes[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    public bool TryReadFixed32(out uint value)
    {
        var isRead = TryTake(4, out var taken);
        value = isRead ? BinaryPrimitives.ReadUInt32LittleEndian(taken) : 0;
        return isRead;
    }

    public bool TryReadFixed64(out ulong value)
    {
        var isRead = TryTake(8, out var taken);
        value = isRead ? BinaryPrimitives.ReadUInt64LittleEndian(taken) : 0;
        return isRead;
    }

    public bool TryReadBytes(out ReadOnlySpan<byte> value)
    {
        value = default;
        return TryReadVarint(out var length) && TryTake((uint)length, out value);
    }

    /// <summary>
    /// Steps over the value behind a tag; false when it is broken or its groups lie more than <paramref name="depth"/> deep in each other.
    /// </summary>
    public bool Skip(int number, WireType type, int depth = 100) => type switch
    {
        WireType.Varint => TryReadVarint(out _),
        WireType.Fixed64 => TryTake(8, out _),
        WireType.LengthDelimited => TryReadBytes(out _),
        WireType.StartGroup => depth > 0 && SkipFields(number, depth - 1),
        WireType.Fixed32 => TryTake(4, out _),
        _ => false,
    };

    /// <summary>Steps over fields to the end of the input, or behind the end of the group with this number.</summary>
    private bool SkipFields(int group, int depth)
    {
        while (!IsAtEnd)
        {
            if (!TryReadTag(out var number, out var type))
            {
                return false;
            }

            if (type == WireType.EndGroup)
            {
                return number == group;
            }

            if (!Skip(number, type, depth))
            {
                return false;
            }
        }

        return group == 0;
    }

    private bool TryTake(uint count, out ReadOnlySpan<byte> taken)
    {
        if (count > (uint)(_bytes.Length - _position))
        {
            taken = default;
            return false;
        }

        taken = _bytes.Slice(_position, (int)count);
        _position += (int)count;
        return true;
    }
}
