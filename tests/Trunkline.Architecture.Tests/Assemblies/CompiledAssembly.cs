namespace Trunkline.Architecture.Tests.Assemblies;

/// <summary>A compiled project as the tests see it. Constants leave no trace in metadata, so a use of a constant alone is not seen.</summary>
/// <param name="Types">The top-level types that have source of their own.</param>
/// <param name="Uses">Every use of a type by one of them, each once.</param>
internal sealed record CompiledAssembly(IReadOnlyList<TypeHome> Types, IReadOnlyList<TypeUse> Uses)
{
    private readonly Dictionary<string, TypeHome> _homesByName = Types
        .GroupBy(type => type.FullName, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>Reads a project under src through the copy of its assembly beside this test.</summary>
    public static CompiledAssembly OfProject(string project)
        => AssemblyReader.Read(Repository.OutputOf(project) + ".dll", Repository.Projects[project]);

    /// <summary>The home of a used type of this assembly; null for what is generated and has none.</summary>
    public TypeHome? HomeOf(TypeUse use) => use.IsOwn ? _homesByName.GetValueOrDefault(use.Used) : null;
}
