using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Trunkline.Build.Items;

namespace Trunkline.Build.States;

/// <summary>
/// The hash of all that decides what a build does, apart from files. It is made of items as MSBuild hands them over, so that a build with nothing to do need not
/// understand them.
/// </summary>
internal static class Settings
{
    /// <summary>Hashes items and properties.</summary>
    public static string HashOf(ITaskItem[] items, ProjectPlaces places)
    {
        var text = new StringBuilder(items.Length * 64);
        Add(text, places.ProjectDirectory);
        Add(text, places.OutputDirectory);
        Add(text, places.OutsideRoot ?? "");
        foreach (var folder in places.ImportDirectories)
        {
            Add(text, folder);
        }

        foreach (var item in items)
        {
            // The count changes with a name that is not among those that decide, which is worth a look: it may be misspelt.
            text.Append('\n').Append(item.MetadataCount);
            Add(text, item.ItemSpec);
            foreach (var name in KnownMetadata.Deciding)
            {
                var value = item is ITaskItem2 escaped ? escaped.GetMetadataValueEscaped(name) : item.GetMetadata(name);
                Add(text, value ?? "");
            }
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // Zero bytes are in no path and in no metadata.
    private static void Add(StringBuilder text, string value) => text.Append(value).Append('\0');
}
