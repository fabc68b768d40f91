namespace Trunkline.Rpc.Messages;

/// <summary>What became of an attempt to take a message.</summary>
internal enum TakeOutcome
{
    /// <summary>There is one.</summary>
    Taken,

    /// <summary>There is none yet.</summary>
    Empty,

    /// <summary>There will be none: the other side has ended its stream, and all of it has been taken.</summary>
    Ended,

    /// <summary>There will be none: the call is over, and what was waiting has been dropped.</summary>
    Failed,
}
