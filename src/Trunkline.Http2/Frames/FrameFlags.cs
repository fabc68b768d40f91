namespace Trunkline.Http2.Frames;

/// <summary>The flags of a frame (RFC 9113 6). A flag means something only on the types named; elsewhere it is ignored.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,

    /// <summary>DATA, HEADERS: the sender is done with the stream.</summary>
    EndStream = 0x1,

    /// <summary>SETTINGS, PING: an answer.</summary>
    Ack = EndStream,

    /// <summary>HEADERS, PUSH_PROMISE, CONTINUATION: the header block is whole.</summary>
    EndHeaders = 0x4,

    /// <summary>DATA, HEADERS, PUSH_PROMISE: the payload begins with a padding length and ends in padding.</summary>
    Padded = 0x8,

    /// <summary>HEADERS: dependency and weight stand before the fragment.</summary>
    Priority = 0x20,
}
