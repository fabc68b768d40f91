namespace Trunkline.Http2.Frames;

/// <summary>PRIORITY (RFC 9113 6.3), deprecated: five bytes of <see cref="PriorityFields"/>.</summary>
internal static class PriorityFrame
{
    /// <summary>The only legal length, in bytes.</summary>
    public const int Length = PriorityFields.Size;

    /// <summary>Parses and checks a whole payload.</summary>
    public static Http2Error Parse(in FrameHeader header, ReadOnlySpan<byte> payload, out PriorityFields fields)
    {
        fields = PriorityFields.Read(payload);
        return fields.Check(header.StreamId);
    }
}
