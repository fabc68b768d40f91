using Trunkline.Descriptors;

namespace Trunkline.Compiler.Building;

/// <summary>Puts the files of a compilation into the set that <c>--descriptor_set_out</c> writes.</summary>
internal static class DescriptorSetBuilder
{
    /// <summary>Builds a set.</summary>
    /// <param name="files">All files.</param>
    /// <param name="names">Those that are put into the set; null for all. A name that is not there is passed over: a result with errors has none.</param>
    /// <param name="includeSourceInfo">Whether places and comments stay in.</param>
    public static FileDescriptorSet Build(IReadOnlyList<FileDescriptorProto> files, IReadOnlyList<string>? names, bool includeSourceInfo)
    {
        var set = new FileDescriptorSet();
        foreach (FileDescriptorProto file in names is null ? files : Named(files, names))
        {
            set.Files.Add(includeSourceInfo || file.SourceCodeInfo is null ? file : WithoutSourceInfo(file));
        }

        return set;
    }

    /// <summary>
    /// The files asked for, a file after those of them that it imports. As in protoc, what was not asked for is not walked through: two files that are connected by
    /// such a file alone stay in the order in which they were asked for.
    /// </summary>
    private static List<FileDescriptorProto> Named(IReadOnlyList<FileDescriptorProto> files, IReadOnlyList<string> names)
    {
        var requested = new HashSet<string>(names, StringComparer.Ordinal);
        Dictionary<string, FileDescriptorProto> waiting = files.Where(file => requested.Contains(file.Name!)).ToDictionary(file => file.Name!, StringComparer.Ordinal);
        List<FileDescriptorProto> ordered = [];
        var open = new Stack<(FileDescriptorProto File, int NextImport)>();
        foreach (string name in names)
        {
            Enter(name);
            while (open.TryPop(out (FileDescriptorProto File, int NextImport) top))
            {
                if (ImportOf(top.File, top.NextImport) is not { } import)
                {
                    ordered.Add(top.File);
                    continue;
                }

                open.Push((top.File, top.NextImport + 1));
                Enter(import);
            }
        }

        return ordered;

        void Enter(string name)
        {
            if (waiting.Remove(name, out FileDescriptorProto? file))
            {
                open.Push((file, 0));
            }
        }
    }

    /// <summary>The import at an index, those for options behind the others; null past the last.</summary>
    private static string? ImportOf(FileDescriptorProto file, int index)
        => index < file.Dependencies.Count ? file.Dependencies[index]
            : index - file.Dependencies.Count < file.OptionDependencies.Count ? file.OptionDependencies[index - file.Dependencies.Count]
            : null;

    private static FileDescriptorProto WithoutSourceInfo(FileDescriptorProto file)
    {
        var copy = new FileDescriptorProto
        {
            Name = file.Name,
            Package = file.Package,
            Options = file.Options,
            Syntax = file.Syntax,
            Edition = file.Edition,
            UnknownFields = file.UnknownFields,
        };
        copy.Dependencies.AddRange(file.Dependencies);
        copy.PublicDependencies.AddRange(file.PublicDependencies);
        copy.WeakDependencies.AddRange(file.WeakDependencies);
        copy.OptionDependencies.AddRange(file.OptionDependencies);
        copy.MessageTypes.AddRange(file.MessageTypes);
        copy.EnumTypes.AddRange(file.EnumTypes);
        copy.Services.AddRange(file.Services);
        copy.Extensions.AddRange(file.Extensions);
        return copy;
    }
}
