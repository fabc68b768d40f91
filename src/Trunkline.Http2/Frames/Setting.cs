using System.Buffers.Binary;

namespace Trunkline.Http2.Frames;

/// <summary>The settings that this engine gives a meaning (RFC 9113 6.5.2, RFC 8441 3, RFC 9218 2.1). Others are ignored.</summary>
internal enum SettingId : ushort
{
    None = 0,

    /// <summary>SETTINGS_HEADER_TABLE_SIZE, 4096 at first.</summary>
    HeaderTableSize = 1,

    /// <summary>SETTINGS_ENABLE_PUSH, 1 at first.</summary>
    EnablePush = 2,

    /// <summary>SETTINGS_MAX_CONCURRENT_STREAMS, without limit at first.</summary>
    MaxConcurrentStreams = 3,

    /// <summary>SETTINGS_INITIAL_WINDOW_SIZE, 65,535 at first.</summary>
    InitialWindowSize = 4,

    /// <summary>SETTINGS_MAX_FRAME_SIZE, 16,384 at first.</summary>
    MaxFrameSize = 5,

    /// <summary>SETTINGS_MAX_HEADER_LIST_SIZE, without limit at first.</summary>
    MaxHeaderListSize = 6,

    /// <summary>SETTINGS_ENABLE_CONNECT_PROTOCOL, 0 at first.</summary>
    EnableConnectProtocol = 8,

    /// <summary>SETTINGS_NO_RFC7540_PRIORITIES, 0 at first.</summary>
    NoRfc7540Priorities = 9,
}

/// <summary>One entry of SETTINGS: <c>identifier (16) value (32)</c>.</summary>
/// <param name="Id">The setting; may be one that the enum does not know.</param>
/// <param name="Value">The value.</param>
internal readonly record struct Setting(SettingId Id, uint Value)
{
    /// <summary>The size on the wire, in bytes.</summary>
    public const int Size = 6;

    /// <summary>Reads an entry from the first <see cref="Size"/> bytes.</summary>
    public static Setting Read(ReadOnlySpan<byte> source) =>
        new((SettingId)BinaryPrimitives.ReadUInt16BigEndian(source), BinaryPrimitives.ReadUInt32BigEndian(source[2..]));

    /// <summary>Writes the entry into the first <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)Id);
        BinaryPrimitives.WriteUInt32BigEndian(destination[2..], Value);
    }

    /// <summary>Checks a received value by itself (RFC 9113 6.5.2). What depends on earlier values is the connection's to check.</summary>
    /// <param name="fromServer">Whether a server sent it: it must not enable push.</param>
    public Http2Error Check(bool fromServer) => Id switch
    {
        SettingId.EnablePush when Value > (fromServer ? 0u : 1u) => Illegal("SETTINGS_ENABLE_PUSH"),
        SettingId.InitialWindowSize when Value > int.MaxValue =>
            Http2Error.Connection(Http2ErrorCode.FlowControlError, $"SETTINGS_INITIAL_WINDOW_SIZE of {Value} is above 2^31-1 (RFC 9113 6.5.2)"),
        SettingId.MaxFrameSize when Value is < FrameHeader.DefaultMaxLength or > FrameHeader.LargestLength => Illegal("SETTINGS_MAX_FRAME_SIZE"),
        SettingId.EnableConnectProtocol when Value > 1 => Illegal("SETTINGS_ENABLE_CONNECT_PROTOCOL"),
        SettingId.NoRfc7540Priorities when Value > 1 => Illegal("SETTINGS_NO_RFC7540_PRIORITIES"),
        _ => Http2Error.None,
    };

    private Http2Error Illegal(string name) => Http2Error.Connection(Http2ErrorCode.ProtocolError, $"{name} cannot be {Value} (RFC 9113 6.5.2)");
}
