using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Trunkline.Http2;

namespace Trunkline.Rpc.Messages;

/// <summary><c>deflate</c>: the zlib wrapper of RFC 1950, as HTTP has it (RFC 9110 8.4.1.2), not the raw form.</summary>
internal sealed class DeflateCoding() : MessageCoding("deflate")
{
    /// <summary>Two bytes of header and four of Adler-32.</summary>
    private const int LeastLength = 6;

    /// <summary>The largest prime below 2^16 (RFC 1950 8.2).</summary>
    private const uint Base = 65521;

    /// <summary>Bytes that can be summed up before a 32-bit sum could overflow.</summary>
    private const int Run = 5552;

    protected override Stream OpenCompressor(Stream output) => new ZLibStream(output, CompressionLevel.Fastest, leaveOpen: true);

    protected override Stream OpenDecompressor(Stream input) => new ZLibStream(input, CompressionMode.Decompress, leaveOpen: true);

    protected override bool IsWhole(in ReadOnlySequence<byte> source, PooledBuffer plain)
    {
        if (source.Length < LeastLength)
        {
            return false;
        }

        Span<byte> checksum = stackalloc byte[4];
        source.Slice(source.Length - checksum.Length).CopyTo(checksum);
        return BinaryPrimitives.ReadUInt32BigEndian(checksum) == Adler32(plain.WrittenSequence);
    }

    private static uint Adler32(in ReadOnlySequence<byte> bytes)
    {
        uint low = 1;
        uint high = 0;
        foreach (ReadOnlyMemory<byte> piece in bytes)
        {
            ReadOnlySpan<byte> rest = piece.Span;
            while (!rest.IsEmpty)
            {
                int count = Math.Min(rest.Length, Run);
                foreach (byte value in rest[..count])
                {
                    low += value;
                    high += low;
                }

                low %= Base;
                high %= Base;
                rest = rest[count..];
            }
        }

        return (high << 16) | low;
    }
}
