using System.Text;

namespace Trunkline.HeaderBytes;

/// <summary>One field of a header block.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
/// <param name="IsSecret">Whether it is never indexed (RFC 7541 7.1.3).</param>
internal sealed record HeaderField(byte[] Name, byte[] Value, bool IsSecret)
{
    public static HeaderField Of(string name, string value, bool isSecret = false) => new(Encoding.Latin1.GetBytes(name), Encoding.Latin1.GetBytes(value), isSecret);

    public int Length => Name.Length + Value.Length;

    public bool IsSame(HeaderField other) => Name.AsSpan().SequenceEqual(other.Name) && Value.AsSpan().SequenceEqual(other.Value);
}

/// <summary>The header blocks that one side of one connection sends, in order.</summary>
/// <param name="Name">What the traffic is.</param>
/// <param name="Blocks">The blocks.</param>
/// <param name="WireBytes">What our engine put on the wire for them, in bytes; null where the blocks did not come off a wire.</param>
internal sealed record Traffic(string Name, IReadOnlyList<HeaderField[]> Blocks, long? WireBytes = null)
{
    /// <summary>Names and values as they are, in bytes.</summary>
    public long PlainBytes => Blocks.Sum(static block => block.Sum(static line => (long)line.Length));
}

/// <summary>One maker's encoder with the state of one connection.</summary>
internal interface IHeaderEncoder : IDisposable
{
    /// <summary>Compresses the next block.</summary>
    byte[] Encode(HeaderField[] block);
}
