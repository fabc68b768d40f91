using System.Text;

namespace Trunkline.Descriptors.Json;

/// <summary>Names of fields between snake_case and lowerCamelCase, where that loses nothing.</summary>
internal static class FieldNames
{
    /// <summary>The path of a field mask in lowerCamelCase; null when it would not come back.</summary>
    public static string? ToCamel(string path)
    {
        var output = new StringBuilder(path.Length);
        for (var index = 0; index < path.Length; index++)
        {
            if (char.IsAsciiLetterUpper(path[index]))
            {
                return null;
            }

            if (path[index] != '_')
            {
                output.Append(path[index]);
            }
            else if (++index < path.Length && char.IsAsciiLetterLower(path[index]))
            {
                output.Append(char.ToUpperInvariant(path[index]));
            }
            else
            {
                return null;
            }
        }

        return output.ToString();
    }

    /// <summary>The path of a field mask in snake_case; null when it has an underscore.</summary>
    public static string? ToSnake(string path)
        => path.Contains('_', StringComparison.Ordinal)
            ? null
            : string.Concat(path.Select(next => char.IsAsciiLetterUpper(next) ? $"_{char.ToLowerInvariant(next)}" : next.ToString()));
}
