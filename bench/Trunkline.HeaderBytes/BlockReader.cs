using Trunkline.Http2;
using Trunkline.Http2.Frames;
using Trunkline.Http2.Hpack;

namespace Trunkline.HeaderBytes;

/// <summary>Takes the header blocks out of what one side of a connection has sent.</summary>
internal sealed class BlockReader : IFieldSink
{
    private readonly HpackDecoder _decoder = new(HpackEncoder.InitialTableSize, listSizeLimit: 1 << 20);
    private readonly List<HeaderField> _fields = [];

    /// <summary>Decodes one whole block.</summary>
    public HeaderField[] Read(ReadOnlySpan<byte> block)
    {
        _fields.Clear();
        _decoder.BeginBlock();
        var error = _decoder.Decode(block, endOfBlock: true, this);
        return error.IsNone ? [.. _fields] : throw new InvalidOperationException($"a header block cannot be decoded: {error}");
    }

    /// <summary>Reads a side's bytes. Blocks of one frame are expected, without padding and priority, as our engine sends them.</summary>
    /// <param name="name">What the traffic is.</param>
    /// <param name="sent">The bytes, beginning with a frame.</param>
    public static Traffic Read(string name, ReadOnlySpan<byte> sent)
    {
        var reader = new BlockReader();
        var blocks = new List<HeaderField[]>();
        var bytes = 0L;
        while (FrameHeader.TryRead(sent, out var header))
        {
            var payload = sent.Slice(FrameHeader.Size, header.Length);
            if (header.Type == FrameType.Headers)
            {
                blocks.Add(reader.Read(payload));
                bytes += payload.Length;
            }

            sent = sent[(FrameHeader.Size + header.Length)..];
        }

        return new Traffic(name, blocks, bytes);
    }

    public void OnEntry(HpackEntry entry, bool isStatic) => _fields.Add(new HeaderField(entry.Name.ToArray(), entry.Value.ToArray(), IsSecret: false));

    public void OnLiteral(FieldName known, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool neverIndexed) =>
        _fields.Add(new HeaderField(name.ToArray(), value.ToArray(), neverIndexed));
}
