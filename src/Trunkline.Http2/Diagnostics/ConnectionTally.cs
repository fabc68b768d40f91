using Trunkline.Http2.Frames;

namespace Trunkline.Http2.Diagnostics;

/// <summary>
/// What one connection has done, in plain numbers: the read loop counts what comes, the output gate what goes, and <see cref="Http2Meters"/> reads both
/// when somebody looks. Counting is an addition; nobody is told.
/// </summary>
/// <param name="isServer">The side.</param>
/// <param name="openStreams">Gives the number of open streams.</param>
/// <param name="grownWindow">Gives the bytes by which receive windows have grown.</param>
internal sealed class ConnectionTally(bool isServer, Func<int> openStreams, Func<long> grownWindow)
{
    public bool IsServer { get; } = isServer;

    /// <summary>What came; counted by the read loop.</summary>
    public TrafficTally Received { get; } = new();

    /// <summary>What went; counted inside the output gate.</summary>
    public TrafficTally Sent { get; } = new();

    public int OpenStreams => openStreams();

    public long GrownWindow => grownWindow();
}

/// <summary>One direction of one connection, or of all connections that are over.</summary>
internal sealed class TrafficTally
{
    /// <summary>Frames are counted by type; the last place is for types without a name.</summary>
    public const int Types = (int)FrameType.PriorityUpdate + 2;

    private readonly long[] _frames = new long[Types];

    /// <summary>Streams begun by requests in this direction.</summary>
    public long Streams { get; private set; }

    /// <summary>Bytes of field names and values before compression.</summary>
    public long PlainFieldBytes { get; private set; }

    /// <summary>Bytes of header blocks on the wire.</summary>
    public long EncodedFieldBytes { get; private set; }

    /// <summary>Times that a stream had to wait for the receiver's credit.</summary>
    public long Stalls { get; private set; }

    public void CountFrame(FrameType type) => _frames[Math.Min((int)type, Types - 1)]++;

    public void CountStream() => Streams++;

    public void CountFields(long plain, long encoded)
    {
        PlainFieldBytes += plain;
        EncodedFieldBytes += encoded;
    }

    public void CountStall() => Stalls++;

    public long Frames(int type) => Volatile.Read(ref _frames[type]);

    /// <summary>The name of a counted type.</summary>
    public static string NameOf(int type) => type == Types - 1 ? "unknown" : ((FrameType)type).ToSpecName();

    /// <summary>Takes over what another tally has counted.</summary>
    public void Add(TrafficTally other)
    {
        for (int type = 0; type < Types; type++)
        {
            _frames[type] += other.Frames(type);
        }

        Streams += other.Streams;
        PlainFieldBytes += other.PlainFieldBytes;
        EncodedFieldBytes += other.EncodedFieldBytes;
        Stalls += other.Stalls;
    }
}
