using System.Text;

namespace Trunkline.BuildTimes;

/// <summary>
/// A tree of files as services have it: half are leaves, two fifths import up to five of these, the rest import up to five of the middle. Always the same.
/// </summary>
internal sealed class ProtoTree(string folder, int count)
{
    private const int MostImports = 5;

    /// <summary>The leaf that is changed: as many files hang on it as on any other.</summary>
    public const string Leaf = "f0.proto";

    public void Write()
    {
        Directory.CreateDirectory(folder);
        for (var number = 0; number < count; number++)
        {
            File.WriteAllText(Path.Combine(folder, $"f{number}.proto"), Text(number, extraFields: 0));
        }
    }

    /// <summary>Gives the leaf one field more than it had.</summary>
    public void ChangeLeaf(int extraFields) => File.WriteAllText(Path.Combine(folder, Leaf), Text(0, extraFields));

    private string Text(int number, int extraFields)
    {
        var text = new StringBuilder("syntax = \"proto3\";\npackage bench;\n");
        int[] imports = [.. Imports(number).Distinct()];
        foreach (var import in imports)
        {
            text.Append($"import \"protos/f{import}.proto\";\n");
        }

        text.Append($"// What service {number} knows.\nmessage M{number} {{\n");
        string[] types = ["int32", "string", "bool", "double", "bytes", "repeated int64", "map<string, int32>"];
        for (var field = 0; field < 12 + extraFields; field++)
        {
            text.Append($"  {types[field % types.Length]} field_{field} = {field + 1};\n");
        }

        for (var i = 0; i < imports.Length; i++)
        {
            text.Append($"  M{imports[i]} ref_{i} = {1000 + i};\n");
        }

        return text.Append($"}}\nenum E{number} {{ E{number}_UNKNOWN = 0; E{number}_KNOWN = 1; }}\n").ToString();
    }

    private IEnumerable<int> Imports(int number)
    {
        var leaves = count / 2;
        var middle = count * 2 / 5;
        for (var i = 0; number >= leaves && i < MostImports; i++)
        {
            // Strides that reach all of the layer below, the first of each included.
            yield return number < leaves + middle ? (number + (i * 53)) % leaves : leaves + ((number + (i * 37)) % middle);
        }
    }
}
