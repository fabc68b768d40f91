using Microsoft.Build.Framework;

namespace Trunkline.Build;

/// <summary>One <c>Protobuf</c> item of a project, with its metadata read and checked.</summary>
internal sealed record ProtobufItem
{
    /// <summary>The item as written, for messages.</summary>
    public required string Include { get; init; }

    /// <summary>The file.</summary>
    public required string FullPath { get; init; }

    /// <summary>The folders to search for imports, the file's own root first.</summary>
    public required IReadOnlyList<string> ImportDirectories { get; init; }

    /// <summary>Where the generated files go.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>Whether a client is wanted.</summary>
    public required bool Client { get; init; }

    /// <summary>Whether a server is wanted.</summary>
    public required bool Server { get; init; }

    /// <summary>Whether generated types are internal.</summary>
    public required bool InternalAccess { get; init; }

    /// <summary>All that decides what comes out, apart from the content of files.</summary>
    public string Key => string.Join('|', [FullPath, OutputDirectory, $"{Client}", $"{Server}", $"{InternalAccess}", .. ImportDirectories]);

    /// <summary>The option that the generators share.</summary>
    public string AccessOption => InternalAccess ? "internal_access" : "";

    /// <summary>The options of the gRPC generator.</summary>
    public string GrpcOptions => string.Join(',', new[] { AccessOption, Client ? "" : "no_client", Server ? "" : "no_server" }.Where(option => option.Length > 0));

    /// <summary>Reads an item.</summary>
    /// <returns>The item, or null with the reason in <paramref name="error"/>.</returns>
    public static ProtobufItem? Read(ITaskItem item, string projectDirectory, string outputDirectory, out string? error)
    {
        var services = Metadata(item, "GrpcServices", "Both");
        var access = Metadata(item, "Access", "Public");
        if (!IsOneOf(services, "None", "Client", "Server", "Both"))
        {
            error = $"GrpcServices=\"{services}\" is not known. Use None, Client, Server or Both.";
            return null;
        }

        if (!IsOneOf(access, "Public", "Internal"))
        {
            error = $"Access=\"{access}\" is not known. Use Public or Internal.";
            return null;
        }

        var path = Path.GetFullPath(item.ItemSpec, projectDirectory);
        var more = Metadata(item, "AdditionalImportDirs", "").Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        error = null;
        return new ProtobufItem
        {
            Include = item.ItemSpec,
            FullPath = path,
            ImportDirectories = [Root(item, path, projectDirectory), .. more.Select(directory => Path.GetFullPath(directory, projectDirectory))],
            OutputDirectory = Path.GetFullPath(Metadata(item, "OutputDir", outputDirectory), projectDirectory),
            Client = IsOneOf(services, "Client", "Both"),
            Server = IsOneOf(services, "Server", "Both"),
            InternalAccess = IsOneOf(access, "Internal"),
        };
    }

    private static string Root(ITaskItem item, string path, string projectDirectory)
    {
        if (Metadata(item, "ProtoRoot", "") is { Length: > 0 } root)
        {
            return Path.GetFullPath(root, projectDirectory);
        }

        var relative = Path.GetRelativePath(projectDirectory, path);
        var outside = Path.IsPathRooted(relative) || relative.Split('/', '\\')[0] is "..";
        return outside ? Path.GetDirectoryName(path)! : projectDirectory;
    }

    private static string Metadata(ITaskItem item, string name, string absent) => item.GetMetadata(name) is { Length: > 0 } value ? value : absent;

    private static bool IsOneOf(string value, params string[] known) => known.Contains(value, StringComparer.OrdinalIgnoreCase);
}
