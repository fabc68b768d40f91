using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Trunkline.Build.Items;

/// <summary>
/// MSBuild's escapes. A semicolon between two folders and a semicolon in the name of a folder differ in nothing else, so lists are cut before they are unescaped,
/// and paths are escaped before they become items.
/// </summary>
internal static class ItemText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("%*?@$();'");

    /// <summary>The entries of a list in an item's metadata, unescaped; empty ones are dropped.</summary>
    public static string[] List(ITaskItem item, string name)
    {
        var value = item is ITaskItem2 escaped ? escaped.GetMetadataValueEscaped(name) : item.GetMetadata(name);
        return List(value);
    }

    /// <summary>The entries of a list as MSBuild writes it.</summary>
    public static string[] List(string value)
    {
        if (value.Length == 0)
        {
            return [];
        }

        var entries = value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = Unescape(entries[i]);
        }

        return entries;
    }

    /// <summary>An item for a path, whatever characters it holds.</summary>
    public static TaskItem ForPath(string path) => new(Escape(path));

    /// <summary>Writes what MSBuild would read as its own syntax as <c>%XX</c>.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(Special) < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            if (Special.Contains(letter))
            {
                result.Append('%').Append(((int)letter).ToString("X2", CultureInfo.InvariantCulture));
            }
            else
            {
                result.Append(letter);
            }
        }

        return result.ToString();
    }

    /// <summary>Reads <c>%XX</c>; a percent sign before anything else stands for itself.</summary>
    public static string Unescape(string text)
    {
        var start = text.IndexOf('%');
        if (start < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length).Append(text, 0, start);
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                result.Append((char)Convert.ToInt32(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }
}
