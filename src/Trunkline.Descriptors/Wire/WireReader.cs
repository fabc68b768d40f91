using System.Buffers.Binary;
using System.Text;

namespace Trunkline.Descriptors;

/// <summary>
/// Reads the wire form of one message: tag, value, tag, value. Every value is checked against the end of the input before it is taken, and
/// a fault is a <see cref="DescriptorFormatException"/> with the offset from the start of the whole input, however deep the message lies.
/// </summary>
public ref struct WireReader
{
    // The limit that other implementations use as well; descriptors of real files stay under 20.
    private const int MaximumDepth = 100;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _origin;
    private int _depth;
    private int _position;
    private uint _tag;

    /// <summary>Reads a whole message.</summary>
    /// <param name="bytes">The message, without a length in front.</param>
    public WireReader(ReadOnlySpan<byte> bytes)
        : this(bytes, origin: 0, depth: 0)
    {
    }

    private WireReader(ReadOnlySpan<byte> bytes, int origin, int depth)
    {
        _bytes = bytes;
        _origin = origin;
        _depth = depth;
    }

    /// <summary>Bytes of this message taken so far.</summary>
    public readonly int Position => _position;

    /// <summary>Whether the message has been read to its end.</summary>
    public readonly bool IsAtEnd => _position == _bytes.Length;

    /// <summary>Reads the next tag: field number times eight plus <see cref="WireType"/>.</summary>
    /// <returns>False at the end of the message.</returns>
    /// <exception cref="DescriptorFormatException">The tag is cut off or its field number is 0.</exception>
    public bool TryReadTag(out uint tag)
    {
        if (IsAtEnd)
        {
            tag = 0;
            return false;
        }

        var start = _position;
        var value = ReadUInt64();
        if (_position - start > 5 || (uint)value >> 3 == 0)
        {
            throw Broken("the tag has no valid field number.", start);
        }

        // A fifth byte has three bits too many; other implementations drop them as well.
        _tag = tag = (uint)value;
        return true;
    }

    /// <summary>Reads a varint.</summary>
    public ulong ReadUInt64()
    {
        var start = _position;
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_position == _bytes.Length)
            {
                throw Broken("the input ends inside a number.", start);
            }

            var next = _bytes[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Broken("a number runs over ten bytes.", start);
    }

    /// <summary>Reads a varint as a signed number of 64 bits.</summary>
    public long ReadInt64() => (long)ReadUInt64();

    /// <summary>Reads a varint as a signed number; bits over the 32nd are dropped, as every implementation does.</summary>
    public int ReadInt32() => (int)ReadUInt64();

    /// <summary>Reads a varint as a truth value.</summary>
    public bool ReadBool() => ReadUInt64() != 0;

    /// <summary>Reads four bytes, least significant first.</summary>
    public uint ReadFixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>Reads eight bytes, least significant first.</summary>
    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>Reads eight bytes as a floating-point number.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>Reads a length and that many bytes, which stay part of the input.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        var start = _position;
        var length = ReadUInt64();
        if (_position - start > 5)
        {
            throw Broken("a length runs over five bytes.", start);
        }

        if (length > (ulong)(_bytes.Length - _position))
        {
            throw Broken($"the length {length} goes past the end of the input, which has {_bytes.Length - _position} bytes left.", start);
        }

        return Take((int)length);
    }

    /// <summary>Reads a length and that many bytes of UTF-8.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are not UTF-8: to replace them would lose data.</exception>
    public string ReadString()
    {
        var start = _position;
        try
        {
            return StrictUtf8.GetString(ReadBytes());
        }
        catch (DecoderFallbackException)
        {
            throw Broken("the text is not valid UTF-8.", start);
        }
    }

    /// <summary>Reads one number, or all numbers of a packed field, whichever the tag announced.</summary>
    public void ReadInt32s(List<int> numbers)
    {
        if ((WireType)(_tag & 7) != WireType.LengthDelimited)
        {
            numbers.Add(ReadInt32());
            return;
        }

        var packed = OpenPacked();
        while (!packed.IsAtEnd)
        {
            numbers.Add(packed.ReadInt32());
        }
    }

    /// <summary>Reads a nested message into <paramref name="message"/>, on top of what it holds.</summary>
    public T ReadMessage<T>(T message)
        where T : DescriptorMessage
    {
        var nested = OpenNested();
        message.MergeFrom(ref nested);
        return message;
    }

    /// <summary>Steps over the value of <paramref name="tag"/>.</summary>
    public void Skip(uint tag) => Skip(tag, _depth);

    /// <summary>The bytes from <paramref name="start"/>, a former <see cref="Position"/>, up to here.</summary>
    public readonly ReadOnlySpan<byte> Since(int start) => _bytes[start.._position];

    /// <summary>Reads a length and gives a reader of the numbers behind it.</summary>
    internal WireReader OpenPacked()
    {
        var bytes = ReadBytes();
        return new WireReader(bytes, _origin + _position - bytes.Length, _depth + 1);
    }

    /// <summary>Reads a length and gives a reader of the message behind it.</summary>
    internal WireReader OpenNested()
    {
        CheckDepth();
        return OpenPacked();
    }

    /// <summary>Counts the group whose start tag has been read; its fields follow in this reader.</summary>
    internal void EnterGroup()
    {
        CheckDepth();
        _depth++;
    }

    /// <summary>Leaves the group whose end tag has been read.</summary>
    internal void LeaveGroup() => _depth--;

    /// <summary>Checks that a message may end here.</summary>
    /// <param name="group">The number of the group that is the message, or 0.</param>
    /// <param name="isAtEnd">Whether the input is over, instead of an end tag having been read.</param>
    internal readonly void CheckEndOf(int group, bool isAtEnd = false)
    {
        if (isAtEnd && group != 0)
        {
            throw Broken("the input ends inside a group.", _position);
        }

        if (!isAtEnd && (group == 0 || _tag >> 3 != (uint)group))
        {
            throw Broken("a group ends that has not begun.", _position);
        }
    }

    /// <summary>The exception for a fault at <paramref name="position"/> of this message.</summary>
    internal readonly DescriptorFormatException Broken(string problem, int position) => new(problem, _origin + position, (int)(_tag >> 3));

    private readonly void CheckDepth()
    {
        if (_depth == MaximumDepth)
        {
            throw Broken($"messages lie more than {MaximumDepth} deep in each other.", _position);
        }
    }

    private void Skip(uint tag, int depth)
    {
        switch ((WireType)(tag & 7))
        {
            case WireType.Varint:
                ReadUInt64();
                break;
            case WireType.Fixed64:
                Take(8);
                break;
            case WireType.LengthDelimited:
                ReadBytes();
                break;
            case WireType.StartGroup:
                SkipGroup(tag, depth + 1);
                break;
            case WireType.Fixed32:
                Take(4);
                break;
            default:
                throw Broken("the wire type is not one that can stand here.", _position);
        }
    }

    private void SkipGroup(uint startTag, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw Broken($"groups lie more than {MaximumDepth} deep in each other.", _position);
        }

        var endTag = (startTag & ~7u) | (uint)WireType.EndGroup;
        while (TryReadTag(out var tag))
        {
            if (tag == endTag)
            {
                return;
            }

            Skip(tag, depth);
        }

        throw Broken("the input ends inside a group.", _position);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_bytes.Length - _position < count)
        {
            throw Broken($"the value needs {count} bytes and {_bytes.Length - _position} are left.", _position);
        }

        var taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }
}
