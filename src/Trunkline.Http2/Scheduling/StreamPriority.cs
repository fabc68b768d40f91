using System.Runtime.InteropServices;

namespace Trunkline.Http2.Scheduling;

/// <summary>What both sides have said about one stream's priority. Written by the output gate alone; each signal is a byte, so anybody may read it.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct StreamPriority
{
    /// <summary>What the peer has said: on a server, what the client asks for.</summary>
    public PrioritySignal Asked { get; set; }

    /// <summary>What this side has said: on a client what it asks for, on a server what goes over the client's word.</summary>
    public PrioritySignal Own { get; set; }

    /// <summary>Whether the request's header block has still to tell what this side asks for.</summary>
    public bool IsUnannounced { get; set; }

    /// <summary>What counts: this side's word goes over the peer's, key by key (RFC 9218 8).</summary>
    public readonly PrioritySignal Effective => Asked.OverriddenBy(Own);
}
