namespace Trunkline.Fuzz.Connections;

/// <summary>The peer's settings: they bind the engine from its acknowledgement on (RFC 9113 6.5.3).</summary>
internal sealed class PeerSettings
{
    public long HeaderTableSize { get; private set; } = 4096;

    public bool IsPushEnabled { get; private set; } = true;

    public long MaxConcurrentStreams { get; private set; } = long.MaxValue;

    public long InitialWindow { get; private set; } = 65_535;

    public long MaxFrameSize { get; private set; } = 16_384;

    public void Apply(int id, uint value)
    {
        switch (id)
        {
            case 1:
                HeaderTableSize = value;
                break;
            case 2:
                IsPushEnabled = value == 1;
                break;
            case 3:
                MaxConcurrentStreams = value;
                break;
            case 4:
                InitialWindow = value;
                break;
            case 5:
                MaxFrameSize = value;
                break;
        }
    }
}
