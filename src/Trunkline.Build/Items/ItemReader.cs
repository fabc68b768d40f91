using Microsoft.Build.Framework;

namespace Trunkline.Build.Items;

/// <summary>Reads the <c>Protobuf</c> items of a project, and says what is wrong with those that it cannot read.</summary>
internal sealed class ItemReader(ProjectPlaces places)
{
    // Items of one project have the same names, thousands of times over.
    private readonly Dictionary<string, string?> _meant = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong, with the item that has it.</summary>
    public List<(string Include, string Message)> Errors { get; } = [];

    /// <summary>What looks wrong, with the item that has it.</summary>
    public List<(string Include, string Message)> Warnings { get; } = [];

    /// <summary>Reads all items that are to be compiled.</summary>
    public List<ProtobufItem> Read(ITaskItem[] items)
    {
        var read = new List<ProtobufItem>(items.Length);
        var seen = new Dictionary<string, string>(Paths.Comparer);
        foreach (var item in items)
        {
            WarnOfTypos(item);
            if (!IsTrue(item, KnownMetadata.ProtoCompile) || Read(item) is not { } one)
            {
                continue;
            }

            if (seen.TryAdd(one.FullPath, one.Include))
            {
                read.Add(one);
            }
            else
            {
                Errors.Add((one.Include, $"{one.FullPath} is listed twice, as \"{seen[one.FullPath]}\" and as \"{one.Include}\". Remove one; to set metadata of an item "
                    + "that a wildcard has found, use <Protobuf Update=\"...\">."));
            }
        }

        return OutputFolders.Assign(read);
    }

    private ProtobufItem? Read(ITaskItem item)
    {
        var services = Value(item, KnownMetadata.GrpcServices, "Both");
        var access = Value(item, KnownMetadata.Access, "Public");
        if (!IsKnown(item, KnownMetadata.GrpcServices, services, "None", "Client", "Server", "Both") || !IsKnown(item, KnownMetadata.Access, access, "Public", "Internal"))
        {
            return null;
        }

        if (ProtocArguments.Read(ItemText.List(item, KnownMetadata.AdditionalProtocArguments), out var error) is not { } arguments)
        {
            Errors.Add((item.ItemSpec, error!));
            return null;
        }

        var output = Value(item, KnownMetadata.OutputDir, "");
        var grpcOutput = Value(item, KnownMetadata.GrpcOutputDir, output);
        var path = places.Full(item.ItemSpec);
        string[] shared = Is(access, "Internal") ? ["internal_access"] : [];
        return new ProtobufItem
        {
            Include = item.ItemSpec,
            FullPath = path,
            ImportDirectories = ImportsOf(item, path, arguments),
            OutputDirectory = output.Length == 0 ? places.OutputDirectory : places.Full(output),
            GrpcOutputDirectory = grpcOutput.Length == 0 ? places.OutputDirectory : places.Full(grpcOutput),
            ChoosesOutput = output.Length + grpcOutput.Length > 0,
            CompileOutputs = IsTrue(item, KnownMetadata.CompileOutputs),
            Parameter = Join(shared, ItemText.List(item, KnownMetadata.OutputOptions), arguments.Options),
            GrpcParameter = Is(services, "None")
                ? null
                : Join([.. shared, .. Halves(services)], ItemText.List(item, KnownMetadata.GrpcOutputOptions), arguments.GrpcOptions),
        };
    }

    private static string[] Halves(string services) => Is(services, "Client") ? ["no_server"] : Is(services, "Server") ? ["no_client"] : [];

    private static string Join(string[] own, string[] options, List<string> more) => string.Join(',', [.. own, .. options, .. more]);

    private List<string> ImportsOf(ITaskItem item, string path, ProtocArguments arguments)
    {
        List<string> folders = [RootOf(item, path)];
        IEnumerable<string> more = [.. ItemText.List(item, KnownMetadata.AdditionalImportDirs), .. arguments.ImportDirectories];
        foreach (var folder in more.Select(places.Full).Concat(places.ImportDirectories))
        {
            if (!folders.Contains(folder, Paths.Comparer))
            {
                folders.Add(folder);
            }
        }

        return folders;
    }

    private string RootOf(ITaskItem item, string path)
    {
        if (Value(item, KnownMetadata.ProtoRoot, "") is { Length: > 0 } root)
        {
            return places.Full(root);
        }

        return Paths.Below(places.ProjectDirectory, path) is not null ? places.ProjectDirectory : places.OutsideRoot ?? Path.GetDirectoryName(path)!;
    }

    private void WarnOfTypos(ITaskItem item)
    {
        foreach (string name in item.MetadataNames)
        {
            if (!_meant.TryGetValue(name, out var meant))
            {
                _meant[name] = meant = KnownMetadata.MeantBy(name);
            }

            if (meant is not null)
            {
                Warnings.Add((item.ItemSpec, $"The metadata {name} is not known. Did you mean {meant}?"));
            }
        }

        if (Value(item, KnownMetadata.GrpcPluginExe, "").Length > 0)
        {
            Warnings.Add((item.ItemSpec, "GrpcPluginExe has no effect: Trunkline generates the code of services itself. Run other plugins with `trunkline protoc`."));
        }
    }

    private bool IsKnown(ITaskItem item, string name, string value, params string[] known)
    {
        if (known.Contains(value, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        Errors.Add((item.ItemSpec, $"{name}=\"{value}\" is not known. Use {string.Join(", ", known[..^1])} or {known[^1]}."));
        return false;
    }

    private bool IsTrue(ITaskItem item, string name)
    {
        var value = Value(item, name, "true");
        return IsKnown(item, name, value, "true", "false") && Is(value, "true");
    }

    private static bool Is(string value, string other) => string.Equals(value, other, StringComparison.OrdinalIgnoreCase);

    private static string Value(ITaskItem item, string name, string absent) => item.GetMetadata(name) is { Length: > 0 } value ? value : absent;
}
