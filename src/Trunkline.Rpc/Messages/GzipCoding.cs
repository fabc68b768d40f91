using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Trunkline.Http2;

namespace Trunkline.Rpc.Messages;

/// <summary><c>gzip</c> (RFC 1952), one member a message.</summary>
internal sealed class GzipCoding() : MessageCoding("gzip")
{
    /// <summary>Ten bytes of header and eight of CRC and length.</summary>
    private const int LeastLength = 18;

    protected override Stream OpenCompressor(Stream output) => new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);

    protected override Stream OpenDecompressor(Stream input) => new GZipStream(input, CompressionMode.Decompress, leaveOpen: true);

    protected override bool IsWhole(in ReadOnlySequence<byte> source, PooledBuffer plain)
    {
        if (source.Length < LeastLength)
        {
            return false;
        }

        // RFC 1952 2.3.1: a member ends with ISIZE, the plain length modulo 2^32.
        Span<byte> size = stackalloc byte[4];
        source.Slice(source.Length - size.Length).CopyTo(size);
        return BinaryPrimitives.ReadUInt32LittleEndian(size) == (uint)plain.Length;
    }
}
