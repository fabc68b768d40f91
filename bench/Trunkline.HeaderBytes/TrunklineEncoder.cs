using Trunkline.Http2;
using Trunkline.Http2.Hpack;

namespace Trunkline.HeaderBytes;

/// <summary>Our encoder, told nothing but what is secret: what <see cref="FieldSection"/> does by default.</summary>
internal sealed class TrunklineEncoder : IHeaderEncoder
{
    private readonly HpackEncoder _encoder = new();

    public byte[] Encode(HeaderField[] block)
    {
        var fields = new FieldSection();
        foreach (var field in block)
        {
            fields.Add(field.Name, field.Value, field.IsSecret ? Indexing.Never : Indexing.Automatic);
        }

        _encoder.BeginBlock();
        _encoder.Write(fields);
        return _encoder.EndBlock().ToArray();
    }

    public void Dispose()
    {
    }
}
