namespace Trunkline.Http2.Fields;

/// <summary>The pseudo fields of a block that have been seen (RFC 9113 8.3).</summary>
[Flags]
internal enum PseudoFields : byte
{
    None = 0,
    Method = 1 << 0,
    Scheme = 1 << 1,
    Path = 1 << 2,
    Authority = 1 << 3,
    Protocol = 1 << 4,
    Status = 1 << 5,
}
