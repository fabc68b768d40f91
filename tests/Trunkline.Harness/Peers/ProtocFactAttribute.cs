using Xunit;

namespace Trunkline.Harness.Peers;

/// <summary>A test beside protoc. It is skipped where protoc cannot run, and fails there under <c>TRUNKLINE_REQUIRE_PEERS=1</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProtocFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test runs here.</summary>
    public ProtocFactAttribute()
    {
        if (!string.Equals(Environment.GetEnvironmentVariable("TRUNKLINE_REQUIRE_PEERS"), "1", StringComparison.Ordinal))
        {
            Skip = Protoc.MissingReason!;
        }
    }
}
