using System.Buffers.Binary;

namespace Trunkline.Rpc.Messages;

/// <summary>
/// The five bytes in front of every message (gRPC over HTTP/2, Length-Prefixed-Message):
/// <code>
/// +---------+-------------------------------+------------
/// | flag 8  | length 32, big endian         | payload ...
/// +---------+-------------------------------+------------
/// </code>
/// Flag 0 is a plain payload, 1 a compressed one; no other value is defined.
/// </summary>
internal static class MessagePrefix
{
    /// <summary>The size of the prefix in bytes.</summary>
    public const int Size = 5;

    private const byte CompressedFlag = 1;

    /// <summary>Writes a prefix.</summary>
    public static void Write(Span<byte> destination, bool compressed, int payloadLength)
    {
        destination[0] = compressed ? CompressedFlag : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[1..], (uint)payloadLength);
    }

    /// <summary>Reads a prefix and checks it, the length against the limit before anyone takes memory for it.</summary>
    /// <param name="bits">The five bytes as one big-endian number.</param>
    /// <param name="maxLength">The longest payload taken, in bytes.</param>
    /// <param name="compressed">The flag.</param>
    /// <param name="payloadLength">The length in bytes.</param>
    public static MessageFault Read(ulong bits, int maxLength, out bool compressed, out int payloadLength)
    {
        byte flag = (byte)(bits >> 32);
        uint length = (uint)bits;
        compressed = flag == CompressedFlag;
        payloadLength = 0;
        if (flag > CompressedFlag)
        {
            return MessageFault.UndefinedFlag(flag);
        }

        if (length > (uint)maxLength)
        {
            return MessageFault.ReceivedTooLarge(length, maxLength);
        }

        payloadLength = (int)length;
        return MessageFault.None;
    }

    /// <summary>Reads a prefix that <see cref="Read"/> has checked before.</summary>
    public static void ReadChecked(ReadOnlySpan<byte> source, out bool compressed, out int payloadLength)
    {
        compressed = source[0] == CompressedFlag;
        payloadLength = BinaryPrimitives.ReadInt32BigEndian(source[1..]);
    }
}
