using Trunkline.Descriptors;

namespace Trunkline.Build.Compilations;

/// <summary>
/// What a file declares that no other file of the same compilation may: names, and numbers of extensions. A build that compiles only some files compares by these
/// whether the others would mind.
/// </summary>
internal static class Declarations
{
    // A package may be declared by many files, but no file may declare anything else by its name.
    private const char PackageMark = '/';
    private const char ExtensionMark = '#';

    /// <summary>The declarations of a file.</summary>
    public static string[] Of(FileDescriptorProto file)
    {
        var found = new List<string>();
        var package = file.Package ?? "";
        for (var dot = package.IndexOf('.'); package.Length > 0; dot = package.IndexOf('.', dot + 1))
        {
            found.Add(PackageMark + (dot < 0 ? package : package[..dot]));
            if (dot < 0)
            {
                break;
            }
        }

        var scope = package.Length == 0 ? "" : package + ".";
        found.AddRange(file.EnumTypes.SelectMany(type => type.Values.Select(value => value.Name).Prepend(type.Name)).Select(name => scope + name));
        found.AddRange(file.Services.Select(service => scope + service.Name));
        found.AddRange(file.Extensions.Select(extension => scope + extension.Name));
        found.AddRange(file.Extensions.Select(Number));
        foreach (var message in file.MessageTypes)
        {
            found.Add(scope + message.Name);
            AddNumbers(message, found);
        }

        return [.. found];
    }

    /// <summary>Whether files with the one declarations and files with the others cannot stand in one compilation.</summary>
    public static bool Clash(IEnumerable<string> some, IEnumerable<string> others)
    {
        var all = new HashSet<string>(others, StringComparer.Ordinal);
        return some.Any(name => name[0] == PackageMark
            ? all.Contains(name[1..])
            : all.Contains(name) || all.Contains(PackageMark + name));
    }

    // As deep as messages nest, which the parser bounds.
    private static void AddNumbers(DescriptorProto message, List<string> found)
    {
        found.AddRange(message.Extensions.Select(Number));
        message.NestedTypes.ForEach(nested => AddNumbers(nested, found));
    }

    private static string Number(FieldDescriptorProto extension) => $"{ExtensionMark}{extension.Extendee}{ExtensionMark}{extension.Number}";
}
