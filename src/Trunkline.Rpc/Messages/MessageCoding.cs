using System.Buffers;
using System.IO.Compression;
using System.Text;
using Trunkline.Http2;

namespace Trunkline.Rpc.Messages;

/// <summary>A compression of single messages, named in <c>grpc-encoding</c>. Each message is compressed by itself.</summary>
internal abstract class MessageCoding
{
    protected MessageCoding(string name)
    {
        Name = name;
        NameBytes = Encoding.ASCII.GetBytes(name);
    }

    /// <summary>The name on the wire.</summary>
    public string Name { get; }

    public byte[] NameBytes { get; }

    /// <summary>Appends the compressed form.</summary>
    public void Compress(in ReadOnlySequence<byte> source, PooledBuffer destination)
    {
        using var output = new BufferStream(destination);
        using Stream compressor = OpenCompressor(output);
        foreach (ReadOnlyMemory<byte> piece in source)
        {
            compressor.Write(piece.Span);
        }
    }

    /// <summary>Appends the plain form. Stops one byte behind the limit, so that a small bomb cannot take much memory.</summary>
    /// <param name="source">The compressed payload, whole.</param>
    /// <param name="maxLength">The longest plain payload taken, in bytes.</param>
    /// <param name="destination">Where to put it; holds an unfinished part after a fault.</param>
    public MessageFault Decompress(in ReadOnlySequence<byte> source, int maxLength, PooledBuffer destination)
    {
        try
        {
            using var input = new SequenceStream(source);
            using Stream decompressor = OpenDecompressor(input);
            MessageFault fault = Inflate(decompressor, maxLength, destination);
            return fault.IsNone && !IsWhole(source, destination) ? MessageFault.Corrupt(Name, cause: null) : fault;
        }
        catch (InvalidDataException exception)
        {
            return MessageFault.Corrupt(Name, exception);
        }
    }

    protected abstract Stream OpenCompressor(Stream output);

    protected abstract Stream OpenDecompressor(Stream input);

    /// <summary>Compares what came out with the checksum behind the data: the BCL's streams take a cut-off input for its end.</summary>
    protected abstract bool IsWhole(in ReadOnlySequence<byte> source, PooledBuffer plain);

    private static MessageFault Inflate(Stream decompressor, int maxLength, PooledBuffer destination)
    {
        while (true)
        {
            long room = (long)maxLength + 1 - destination.Length;
            Span<byte> span = destination.GetSpan();
            int read = decompressor.Read(span.Length > room ? span[..(int)room] : span);
            if (read == 0)
            {
                return MessageFault.None;
            }

            destination.Advance(read);
            if (destination.Length > maxLength)
            {
                return MessageFault.InflatedTooLarge(maxLength);
            }
        }
    }
}
