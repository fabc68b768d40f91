using System.Buffers.Binary;

namespace Trunkline.Http2.Frames;

/// <summary>
/// The deprecated priority signal of PRIORITY and of HEADERS with the flag (RFC 9113 6.3): <c>E (1) dependency (31) weight (8)</c>. It is checked and
/// no tree is built from it.
/// </summary>
/// <param name="Dependency">The stream depended on.</param>
/// <param name="IsExclusive">The exclusive bit.</param>
/// <param name="Weight">1 to 256; one more than the byte on the wire.</param>
internal readonly record struct PriorityFields(StreamId Dependency, bool IsExclusive, int Weight)
{
    /// <summary>The size on the wire, in bytes.</summary>
    public const int Size = 5;

    /// <summary>Reads the fields from the first <see cref="Size"/> bytes.</summary>
    public static PriorityFields Read(ReadOnlySpan<byte> source)
    {
        uint dependency = BinaryPrimitives.ReadUInt32BigEndian(source);
        return new PriorityFields(new StreamId((int)(dependency & int.MaxValue)), dependency > int.MaxValue, source[4] + 1);
    }

    /// <summary>Writes the fields into the first <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)Dependency.Value | (IsExclusive ? 0x8000_0000 : 0));
        destination[4] = (byte)(Weight - 1);
    }

    /// <summary>A stream that depends on itself is a stream error (RFC 7540 5.3.1; RFC 9113 leaves the check to the receiver).</summary>
    public Http2Error Check(StreamId owner) =>
        Dependency == owner ? Http2Error.Stream(Http2ErrorCode.ProtocolError, $"stream {owner} depends on itself (RFC 7540 5.3.1)") : Http2Error.None;
}
