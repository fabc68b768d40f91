using Trunkline.Architecture.Tests.Assemblies;
using Trunkline.Architecture.Tests.Fixtures.Inner;

namespace Trunkline.Architecture.Tests;

/// <summary>The walls are only as good as the eyes that watch them: this assembly's own fixtures show that each kind of use is seen.</summary>
public sealed class CompiledAssemblyTests
{
    private static readonly CompiledAssembly Own = AssemblyReader.Read(
        Path.Combine(AppContext.BaseDirectory, "Trunkline.Architecture.Tests.dll"),
        Path.Combine(Repository.Root, "tests", "Trunkline.Architecture.Tests"));

    [Theory]
    [InlineData(nameof(SeedOfField))]
    [InlineData(nameof(SeedOfSignature))]
    [InlineData(nameof(SeedOfGenericArgument))]
    [InlineData(nameof(SeedOfClosure))]
    [InlineData(nameof(SeedOfCast))]
    [InlineData(nameof(SeedOfCall))]
    [InlineData(nameof(ISeed))]
    public void Use_of_a_type_is_seen(string seed)
    {
        var used = Own.Uses.Where(use => use.User.Room == "Fixtures" && use.User.Folder == "Fixtures/Outer" && use.IsOwn).Select(use => use.Used);

        Assert.Contains("Trunkline.Architecture.Tests.Fixtures.Inner." + seed, used, StringComparer.Ordinal);
    }

    [Fact]
    public void Member_of_another_assembly_is_seen_inside_a_closure()
        => Assert.Contains(Own.Uses, use => use.User.Name == "Tree" && use.ToString() == "System.DateTime.UnixEpoch" && !use.IsOwn);

    [Fact]
    public void Type_without_a_body_has_a_home()
        => Assert.Equal(["Fixtures/Inner/Seed.cs"], Own.Types.Single(type => type.Name == nameof(ISeed)).Files);
}
