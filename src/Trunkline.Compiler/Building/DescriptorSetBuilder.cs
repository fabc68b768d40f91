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

    private static IEnumerable<FileDescriptorProto> Requested(CompilationResult result)
    {
        // In dependency order, as with imports; what was asked for first may need what was asked for last.
        var requested = new HashSet<string>(result.RequestedFiles, StringComparer.Ordinal);
        return result.Files.Where(file => requested.Contains(file.Name!));
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
