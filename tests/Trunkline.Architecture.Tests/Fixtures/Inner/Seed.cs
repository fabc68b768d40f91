namespace Trunkline.Architecture.Tests.Fixtures.Inner;

/// <summary>What <c>Outer</c> uses in every way that the reader of assemblies must see.</summary>
internal sealed class SeedOfField;

internal sealed class SeedOfSignature;

internal sealed class SeedOfGenericArgument;

internal sealed class SeedOfClosure;

internal interface ISeed;

internal enum SeedOfCast
{
    None,
}

internal static class SeedOfCall
{
    public static int Grow(int size) => size + 1;
}
