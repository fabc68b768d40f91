using Trunkline.Architecture.Tests.Assemblies;

namespace Trunkline.Architecture.Tests;

/// <summary>Users see one namespace a project; insiders see the folders.</summary>
public sealed class NamespaceTests
{
    /// <summary>The namespaces of public types where they are not the project's own name.</summary>
    private static readonly Dictionary<string, string[]> PublicNamespaces = new(StringComparer.Ordinal)
    {
        // `using Grpc.Core;` becomes `using Trunkline;`, and so on for the two namespaces that users know beside it.
        ["Trunkline.Rpc"] = ["Trunkline", "Trunkline.Interceptors", "Trunkline.Utils"],
        ["Trunkline.Protobuf"] = ["Trunkline"],
    };

    public static TheoryData<string> ProjectNames => [.. Assemblies];

    /// <summary>Projects with types; the package that users name has none, and templates are content.</summary>
    private static IEnumerable<string> Assemblies => Repository.Projects.Keys.Where(name => name is not ("Trunkline" or "Trunkline.Templates")).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void Public_type_is_in_the_root_namespace(string project)
    {
        var allowed = PublicNamespaces.GetValueOrDefault(project, [project]);
        var strays = CompiledAssembly.OfProject(project).Types
            .Where(type => type.IsPublic && !allowed.Contains(type.Namespace, StringComparer.Ordinal))
            .Select(type => $"  {type.Files[0]}: {type.FullName}")
            .Order(StringComparer.Ordinal)
            .ToArray();

        Assert.True(strays.Length == 0, $"Make these types internal or put them into {string.Join(" or ", allowed)}:\n{string.Join('\n', strays)}");
    }

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void Internal_type_is_in_the_namespace_of_its_folder(string project)
    {
        var strays = (
            from type in CompiledAssembly.OfProject(project).Types
            where !type.IsPublic && type.Namespace.Length > 0
            let expected = type.Folder.Length == 0 ? project : $"{project}.{type.Folder.Replace('/', '.')}"
            where type.Namespace != expected && !(type.Folder.Length == 0 && PublicNamespaces.GetValueOrDefault(project, []).Contains(type.Namespace, StringComparer.Ordinal))
            select $"  {type.Files[0]}: {type.FullName} belongs into {expected}").Order(StringComparer.Ordinal).ToArray();

        Assert.True(strays.Length == 0, $"Correct these namespaces, or move the files:\n{string.Join('\n', strays)}");
    }

    [Fact]
    public void Folder_has_never_the_name_of_a_public_type()
    {
        var types = Assemblies
            .SelectMany(project => CompiledAssembly.OfProject(project).Types)
            .Where(type => type.IsPublic)
            .Select(type => type.Name.Split('`')[0])
            .ToHashSet(StringComparer.Ordinal);
        var clashes = Repository.Projects.Values
            .SelectMany(project => Directory.EnumerateDirectories(project, "*", SearchOption.AllDirectories))
            .Select(folder => Path.GetRelativePath(Repository.Root, folder).Replace('\\', '/'))
            .Where(folder => !folder.Contains("/obj/", StringComparison.Ordinal) && !folder.Contains("/bin/", StringComparison.Ordinal))
            .Where(folder => types.Contains(Path.GetFileName(folder)))
            .Order(StringComparer.Ordinal)
            .ToArray();

        Assert.True(
            clashes.Length == 0,
            $"A namespace with the name of a type hides the type. Rename these folders to a plural or an activity:\n  {string.Join("\n  ", clashes)}");
    }
}
