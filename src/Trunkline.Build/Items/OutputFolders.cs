using System.Security.Cryptography;
using System.Text;

namespace Trunkline.Build.Items;

/// <summary>
/// Code goes below the folder of its source, as seen from the import root, since two folders may hold files of one name. Where two roots hold files of one name, code
/// under obj goes into a folder more; a folder that the user has chosen stays as chosen, and the clash is an error later.
/// </summary>
internal static class OutputFolders
{
    // Enough of a hash to tell the import roots of one project apart.
    private const int MarkLength = 8;

    /// <summary>The items with the folders that their code goes to; what decides is the list of items alone, so that builds agree.</summary>
    public static List<ProtobufItem> Assign(List<ProtobufItem> items)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var assigned = new List<ProtobufItem>(items.Count);
        foreach (var item in items)
        {
            var folder = FolderOf(item);
            if (!item.ChoosesOutput && !taken.Add(Path.Combine(folder, Path.GetFileNameWithoutExtension(item.FullPath))))
            {
                folder = Path.Combine(Mark(item.ImportDirectories[0]), folder);
            }

            assigned.Add(item with
            {
                OutputDirectory = Path.Combine(item.OutputDirectory, folder),
                GrpcOutputDirectory = Path.Combine(item.GrpcOutputDirectory, folder),
            });
        }

        return assigned;
    }

    private static string FolderOf(ProtobufItem item)
    {
        foreach (var root in item.ImportDirectories)
        {
            if (Paths.Below(root, item.FullPath) is { } relative)
            {
                return Path.GetDirectoryName(relative)!;
            }
        }

        return "";
    }

    private static string Mark(string root) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..MarkLength];
}
