using Trunkline.Architecture.Tests.Fixtures.Inner;

namespace Trunkline.Architecture.Tests.Fixtures.Outer;

/// <summary>Uses each seed in one way only.</summary>
internal sealed class Tree : ISeed
{
    private readonly object? _leaf = Create();

    private SeedOfField? Field { get; init; }

    public static List<SeedOfGenericArgument> Many() => [];

    public static int Call(int size) => SeedOfCall.Grow(size);

    public static object Cast(int value) => (SeedOfCast)value;

    public static Func<object> Closure(int count) => () => count > 0 ? new SeedOfClosure() : DateTime.UnixEpoch;

    public bool Signature(SeedOfSignature? seed) => seed is null && _leaf is null && Field is null;

    private static object? Create() => null;
}
