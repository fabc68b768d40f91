using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.PythonGrpc;

/// <summary>The comments of a file, line by line: those that stand apart, those in front and those behind an element.</summary>
internal sealed class CommentLines
{
    private readonly Dictionary<string, SourceLocation> _places = new(StringComparer.Ordinal);

    /// <summary>Takes the comments of a file; without places there are none.</summary>
    public CommentLines(FileDescriptorProto file)
    {
        foreach (SourceLocation place in file.SourceCodeInfo?.Locations ?? [])
        {
            if (place.LeadingComments is not null || place.TrailingComments is not null || place.LeadingDetachedComments.Count > 0)
            {
                _places.TryAdd(Key(place.Path), place);
            }
        }
    }

    /// <summary>The lines of the comments of the element at a path; one that stands apart ends with an empty line.</summary>
    public IReadOnlyList<string> At(IReadOnlyList<int> path)
    {
        if (!_places.TryGetValue(Key(path), out SourceLocation? place))
        {
            return [];
        }

        return
        [
            .. place.LeadingDetachedComments.SelectMany(comment => Lines(comment).Append("")),
            .. Lines(place.LeadingComments),
            .. Lines(place.TrailingComments),
        ];
    }

    private static string[] Lines(string? comment)
    {
        string[] lines = string.IsNullOrEmpty(comment) ? [] : comment.Split('\n');
        return lines is [.. var before, ""] ? before : lines;
    }

    private static string Key(IEnumerable<int> path) => string.Join('.', path);
}
