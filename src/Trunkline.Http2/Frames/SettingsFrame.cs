namespace Trunkline.Http2.Frames;

/// <summary>SETTINGS (RFC 9113 6.5): any number of entries, to be applied in order.</summary>
internal readonly ref struct SettingsFrame(ReadOnlySpan<byte> payload)
{
    private readonly ReadOnlySpan<byte> _payload = payload;

    /// <summary>The number of entries.</summary>
    public int Count => _payload.Length / Setting.Size;

    /// <summary>An entry by position.</summary>
    public Setting this[int index] => Setting.Read(_payload[(index * Setting.Size)..]);
}
