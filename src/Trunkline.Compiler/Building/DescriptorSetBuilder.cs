using Trunkline.Descriptors;

namespace Trunkline.Compiler.Building;

/// <summary>Puts the files of a compilation into the set that <c>--descriptor_set_out</c> writes.</summary>
internal static class DescriptorSetBuilder
{
    public static FileDescriptorSet Build(CompilationResult result, bool includeImports, bool includeSourceInfo)
    {
        var set = new FileDescriptorSet();
        foreach (FileDescriptorProto file in includeImports ? result.Files : Requested(result))
        {
            set.Files.Add(includeSourceInfo || file.SourceCodeInfo is null ? file : WithoutSourceInfo(file));
        }

        return set;
    }

    /// <summary>
    /// The files asked for, a file after those of them that it imports. As in protoc, what was not asked for is not walked through: two files that are connected by
    /// such a file alone stay in the order in which they were asked for.
    /// </summary>
    private static List<FileDescriptorProto> Requested(CompilationResult result)
    {
        // A result with errors names files that it does not hold.
        var requested = new HashSet<string>(result.RequestedFiles, StringComparer.Ordinal);
        Dictionary<string, FileDescriptorProto> waiting = result.Files.Where(file => requested.Contains(file.Name!)).ToDictionary(file => file.Name!, StringComparer.Ordinal);
        List<FileDescriptorProto> ordered = [];
        var open = new Stack<(FileDescriptorProto File, int NextImport)>();
        foreach (string name in result.RequestedFiles)
        {
            Enter(name);
            while (open.TryPop(out (FileDescriptorProto File, int NextImport) top))
            {
                if (top.NextImport == top.File.Dependencies.Count)
                {
                    ordered.Add(top.File);
                    continue;
                }

                open.Push((top.File, top.NextImport + 1));
                Enter(top.File.Dependencies[top.NextImport]);
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
