namespace Trunkline.Fuzz.Connections;

/// <summary>A stream as the engine's peer sees it. "Peer" is the fuzzer.</summary>
internal sealed class PeerStream(int id, long window)
{
    public int Id { get; } = id;

    /// <summary>What the engine may still send, in bytes.</summary>
    public long Window { get; set; } = window;

    /// <summary>What the peer may still send, as far as it was told.</summary>
    public long Credit { get; set; }

    public bool IsHeadReceived { get; set; }

    public bool IsEngineEnded { get; set; }

    public bool IsEngineReset { get; set; }

    public bool IsPeerEnded { get; set; }

    public bool IsPeerReset { get; set; }

    /// <summary>The peer has guessed its id and sent on it before it had heard of it: how it stands only the engine knows.</summary>
    public bool IsGuessed { get; init; }

    /// <summary>Promised by the engine and not answered yet.</summary>
    public bool IsReserved { get; set; }

    public bool IsOver => IsEngineReset || IsPeerReset || (IsEngineEnded && IsPeerEnded);
}
