namespace Trunkline.Fuzz.Frames;

/// <summary>A frame as it lies on the wire (RFC 9113 4.1), with names for nothing: what a type means is the reader's business.</summary>
internal sealed record RawFrame(byte Type, byte Flags, int Stream, byte[] Payload)
{
    public const byte Data = 0, Headers = 1, Priority = 2, RstStream = 3, Settings = 4, PushPromise = 5, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9, PriorityUpdate = 16;

    public const byte EndStreamFlag = 0x1, AckFlag = 0x1, EndHeadersFlag = 0x4, PaddedFlag = 0x8, PriorityFlag = 0x20;

    private static readonly string[] TypeNames = ["DATA", "HEADERS", "PRIORITY", "RST_STREAM", "SETTINGS", "PUSH_PROMISE", "PING", "GOAWAY", "WINDOW_UPDATE", "CONTINUATION"];

    public string TypeName => Type < TypeNames.Length ? TypeNames[Type] : Type == PriorityUpdate ? "PRIORITY_UPDATE" : $"type {Type}";

    public bool IsEndStream => (Flags & EndStreamFlag) != 0;

    public bool IsAck => (Flags & AckFlag) != 0;

    public bool IsEndHeaders => (Flags & EndHeadersFlag) != 0;

    public bool IsPadded => (Flags & PaddedFlag) != 0;

    /// <summary>Four bytes of the payload as a number.</summary>
    public uint Number(int offset) =>
        ((uint)Payload[offset] << 24) | ((uint)Payload[offset + 1] << 16) | ((uint)Payload[offset + 2] << 8) | Payload[offset + 3];

    /// <summary>The frame's bytes.</summary>
    public byte[] ToBytes() =>
    [
        (byte)(Payload.Length >> 16), (byte)(Payload.Length >> 8), (byte)Payload.Length, Type, Flags,
        (byte)(Stream >> 24), (byte)(Stream >> 16), (byte)(Stream >> 8), (byte)Stream, .. Payload,
    ];

    /// <inheritdoc/>
    public override string ToString() => $"{TypeName} flags 0x{Flags:x2} stream {Stream}, {Payload.Length} bytes {Convert.ToHexStringLower(Payload.AsSpan(0, Math.Min(Payload.Length, 48)))}";
}
