using System.Xml.Linq;

namespace Trunkline.Architecture.Tests;

/// <summary>The source tree that this test was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The projects under src, by name, with the folder of each. What lies deeper is content: templates hold project files, too.</summary>
    public static IReadOnlyDictionary<string, string> Projects { get; } = Directory
        .EnumerateDirectories(Path.Combine(Root, "src"))
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj"))
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => Path.GetDirectoryName(file)!, StringComparer.Ordinal);

    public static IEnumerable<string> ProjectReferences(string project) => Includes(project, "ProjectReference")
        .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    public static IEnumerable<string> PackageReferences(string project) => Includes(project, "PackageReference");

    /// <summary>The compiled file of a project as it lies beside this test, without its extension.</summary>
    public static string OutputOf(string project)
        => Path.Combine(AppContext.BaseDirectory, Load(project).Descendants("AssemblyName").SingleOrDefault()?.Value ?? project);

    private static IEnumerable<string> Includes(string project, string item) => Load(project)
        .Descendants(item)
        .Select(element => element.Attribute("Include")?.Value)
        .OfType<string>();

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(Projects[project], project + ".csproj"));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Trunkline.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Trunkline.slnx above {AppContext.BaseDirectory}: the architecture tests read the sources they were built from.");
    }
}
