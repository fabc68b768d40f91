namespace Trunkline.Rpc.Tests.EndToEnd;

/// <summary>Tests that measure the whole process, so that no other may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
#pragma warning disable CA1711 // xUnit calls these collections.
public sealed class SerialCollection
#pragma warning restore CA1711
{
    public const string Name = "serial";
}
