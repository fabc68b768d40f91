using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;

namespace KestrelPeer;

/// <summary>The 5-byte prefix of gRPC, by hand and uncompressed.</summary>
internal static class GrpcFrame
{
    private const int PrefixLength = 5;

    public static void Write(IBufferWriter<byte> output, IMessage message)
    {
        var size = message.CalculateSize();
        var prefix = output.GetSpan(PrefixLength);
        prefix[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(prefix[1..], size);
        output.Advance(PrefixLength);
        message.WriteTo(output);
    }

    /// <summary>Takes one message off the front; false if it is not there in full.</summary>
    public static bool TryRead<T>(ref ReadOnlySequence<byte> input, MessageParser<T> parser, out T message)
        where T : IMessage<T>
    {
        message = default!;
        if (input.Length < PrefixLength)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[PrefixLength];
        input.Slice(0, PrefixLength).CopyTo(prefix);
        var size = BinaryPrimitives.ReadInt32BigEndian(prefix[1..]);
        if (input.Length < PrefixLength + size)
        {
            return false;
        }

        message = parser.ParseFrom(input.Slice(PrefixLength, size));
        input = input.Slice(PrefixLength + size);
        return true;
    }
}
