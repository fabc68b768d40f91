using Trunkline.Architecture.Tests.Walls;

namespace Trunkline.Architecture.Tests;

/// <summary>References between projects run one way, and each package has a reason.</summary>
public sealed class ProjectReferenceTests
{
    public static TheoryData<string> ProjectNames => [.. Repository.Projects.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void Project_refers_only_to_what_the_list_allows(string project)
        => AssertAllowed(project, Repository.ProjectReferences(project), ProjectWalls.Projects, nameof(ProjectWalls.Projects));

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void Project_takes_only_packages_that_the_list_allows(string project)
        => AssertAllowed(project, Repository.PackageReferences(project), ProjectWalls.Packages, nameof(ProjectWalls.Packages));

    private static void AssertAllowed(string project, IEnumerable<string> references, AllowedReference[] allowed, string list)
    {
        var uninvited = references.Where(reference => !allowed.Any(entry => entry.From == project && entry.To == reference)).ToArray();

        Assert.True(
            uninvited.Length == 0,
            $"{project} refers to {string.Join(", ", uninvited)}. Take the reference out of {project}.csproj, or, if the wall stands in the wrong place, "
            + $"add it with its reason to {list} in Walls/ProjectWalls.cs and to docs/architecture.md in the same commit.");
    }
}
