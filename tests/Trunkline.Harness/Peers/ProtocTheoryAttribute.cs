using Xunit;

namespace Trunkline.Harness.Peers;

/// <summary>A theory beside protoc, skipped as <see cref="ProtocFactAttribute"/> is.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProtocTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides whether the test runs here.</summary>
    public ProtocTheoryAttribute() => Skip = new ProtocFactAttribute().Skip;
}
