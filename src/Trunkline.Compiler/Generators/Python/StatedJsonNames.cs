using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>
/// Tells JSON names that a source states from those that the compiler made of the field names. Only the places of the source know: one that is stated may be the
/// same. A file without places comes out of a descriptor set, where each name counts as stated.
/// </summary>
internal static class StatedJsonNames
{
    private const int FileMessages = 4;
    private const int FileExtensions = 7;
    private const int MessageFields = 2;
    private const int MessageNested = 3;
    private const int MessageExtensions = 6;
    private const int JsonName = 10;

    /// <summary>Drops all other JSON names.</summary>
    public static void KeepAlone(FileDescriptorProto file)
    {
        if (file.SourceCodeInfo is not { } places)
        {
            return;
        }

        var stated = places.Locations.Where(place => place.Path is [_, .., JsonName]).Select(place => Key(place.Path)).ToHashSet(StringComparer.Ordinal);
        KeepAlone(file.Extensions, [FileExtensions], stated);
        KeepAlone(file.MessageTypes, [FileMessages], stated);
    }

    // As deep as messages nest, which the parser bounds.
    private static void KeepAlone(List<DescriptorProto> messages, int[] path, HashSet<string> stated)
    {
        for (var index = 0; index < messages.Count; index++)
        {
            KeepAlone(messages[index].Fields, [.. path, index, MessageFields], stated);
            KeepAlone(messages[index].Extensions, [.. path, index, MessageExtensions], stated);
            KeepAlone(messages[index].NestedTypes, [.. path, index, MessageNested], stated);
        }
    }

    private static void KeepAlone(List<FieldDescriptorProto> fields, int[] path, HashSet<string> stated)
    {
        for (var index = 0; index < fields.Count; index++)
        {
            if (stated.Count == 0 || !stated.Contains(Key([.. path, index, JsonName])))
            {
                fields[index].JsonName = null;
            }
        }
    }

    private static string Key(IEnumerable<int> path) => string.Join('.', path);
}
