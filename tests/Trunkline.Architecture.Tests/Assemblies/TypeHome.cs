namespace Trunkline.Architecture.Tests.Assemblies;

/// <summary>A top-level type and where its source stands.</summary>
/// <param name="Namespace">The namespace, empty for the global one.</param>
/// <param name="Name">The name as metadata spells it.</param>
/// <param name="IsPublic">True if other assemblies see it.</param>
/// <param name="Files">Source files relative to the project's folder, with forward slashes; generated files are left out.</param>
internal sealed record TypeHome(string Namespace, string Name, bool IsPublic, IReadOnlyList<string> Files)
{
    /// <summary>The first folder below the project, the room; empty for a file that lies at the project's root.</summary>
    public string Room => FolderOf(Files[0]).Split('/')[0];

    /// <summary>The folder of the type's first file, relative to the project.</summary>
    public string Folder => FolderOf(Files[0]);

    /// <summary>All rooms that hold a part of the type.</summary>
    public IEnumerable<string> Rooms => Files.Select(file => FolderOf(file).Split('/')[0]).Distinct(StringComparer.Ordinal);

    public string FullName => Namespace.Length == 0 ? Name : Namespace + "." + Name;

    private static string FolderOf(string file) => file.Contains('/') ? file[..file.LastIndexOf('/')] : "";
}
