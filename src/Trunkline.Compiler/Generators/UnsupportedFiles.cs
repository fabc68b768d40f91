using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators;

/// <summary>Holds the files of a request against what a generator says it knows.</summary>
internal static class UnsupportedFiles
{
    public static IReadOnlyList<string> Find(GeneratedFiles generated, GeneratorRequest request, string generator)
    {
        var wanted = new HashSet<string>(request.FilesToGenerate, StringComparer.Ordinal);
        List<FileDescriptorProto> files = [.. request.Files.Where(file => wanted.Contains(file.Name!))];
        List<string> findings = [];
        if (!generated.SupportedFeatures.HasFlag(PluginFeatures.Proto3Optional) && files.Find(HasProto3Optional) is { } withOptional)
        {
            findings.Add($"{withOptional.Name}: is a proto3 file that contains optional fields, but code generator {generator} hasn't been updated to support "
                + "optional fields in proto3. Please ask the owner of this code generator to support proto3 optional.");
        }

        foreach (FileDescriptorProto file in files)
        {
            if (FindEdition(generated, file, generator) is { } finding)
            {
                findings.Add(finding);
                break;
            }
        }

        return findings;
    }

    private static string? FindEdition(GeneratedFiles generated, FileDescriptorProto file, string generator)
    {
        if (file.Syntax != "editions" || IsForRuntimes(file.Name!))
        {
            return null;
        }

        if (!generated.SupportedFeatures.HasFlag(PluginFeatures.SupportsEditions))
        {
            return $"{file.Name}: is an editions file, but code generator {generator} hasn't been updated to support editions yet.  Please ask the owner of this "
                + "code generator to add support or switch back to proto2/proto3.\n\nSee https://protobuf.dev/editions/overview/ for more information.";
        }

        Edition edition = file.Edition ?? Edition.Unknown;
        string text = $"{file.Name}: is a file using edition {EditionNames.NameOf(edition)}, which isn't supported by code generator {generator}.  ";
        if (edition < generated.MinimumEdition)
        {
            return $"{text}Please upgrade your file to at least edition {EditionNames.NameOf(generated.MinimumEdition)}.";
        }

        return edition > generated.MaximumEdition
            ? $"{text}Please ask the owner of this code generator to add support or switch back to a maximum of edition {EditionNames.NameOf(generated.MaximumEdition)}."
            : null;
    }

    // Files that come with a runtime have gone over to editions already; every generator gets them, and knows them without reading.
    private static bool IsForRuntimes(string file)
        => file.StartsWith("google/protobuf/", StringComparison.Ordinal) || file.StartsWith("upb/", StringComparison.Ordinal);

    private static bool HasProto3Optional(FileDescriptorProto file)
        => file.Extensions.Exists(IsProto3Optional) || file.MessageTypes.Exists(HasProto3Optional);

    // As deep as messages nest, which the parser bounds.
    private static bool HasProto3Optional(DescriptorProto message)
        => message.Fields.Exists(IsProto3Optional) || message.Extensions.Exists(IsProto3Optional) || message.NestedTypes.Exists(HasProto3Optional);

    private static bool IsProto3Optional(FieldDescriptorProto field) => field.Proto3Optional == true;
}
