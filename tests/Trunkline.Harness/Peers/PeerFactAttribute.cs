using Trunkline.Harness.Peers;
using Xunit;

namespace Trunkline.Harness;

/// <summary>
/// A test against a program that nobody here wrote. Where the program is missing the test is skipped and says which; with TRUNKLINE_REQUIRE_PEERS=1 in
/// the environment it runs, and fails.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerFactAttribute : FactAttribute
{
    /// <summary>Names what the test needs.</summary>
    /// <param name="peers">Programs on the path, or modules of the system's Python as <c>python3:NAME</c>, or Node packages as <c>node:NAME</c>.</param>
    public PeerFactAttribute(params string[] peers)
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
