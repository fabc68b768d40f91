namespace Trunkline.Rpc.Clients;

/// <summary>Where a call stands; the picture is at <see cref="ClientCall"/>.</summary>
internal enum ClientCallState
{
    /// <summary>Not begun, or in the channel's queue.</summary>
    Waiting,

    /// <summary>A connection is about to take it.</summary>
    Opening,

    /// <summary>It has a stream.</summary>
    Open,

    /// <summary>Nothing happens any more.</summary>
    Over,
}
