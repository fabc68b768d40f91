using Xunit;

namespace Trunkline.Harness.Peers;

/// <summary>A <see cref="PeerFactAttribute"/> with arguments.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerTheoryAttribute : TheoryAttribute
{
    /// <summary>Names what the test needs.</summary>
    /// <param name="peers">Programs on the path, or modules of the system's Python as <c>python3:NAME</c>, or Node packages as <c>node:NAME</c>.</param>
    public PeerTheoryAttribute(params string[] peers)
    {
        Peers = peers;
        if (!Peer.AreRequired)
        {
            Skip = PeerPrograms.MissingReason(peers)!;
        }
    }

    /// <summary>What the test needs.</summary>
    public IReadOnlyList<string> Peers { get; }
}
