using Trunkline.Compiler.Generators.Writing;

namespace Trunkline.Compiler.Generators.CSharp;

/// <summary>Writes an enum. Each member keeps the name it has in the <c>.proto</c> file, which JSON needs.</summary>
internal static class EnumWriter
{
    // The field number in descriptor.proto that leads from an enum to its values.
    private const int ValuePath = 2;

    /// <summary>Writes it.</summary>
    public static void Write(FileContext file, EnumEntry entry, int[] path, CodeWriter writer)
    {
        if (!file.Comments.WriteSummary(writer, path))
        {
            writer.Line($"/// <summary>The enum \"{entry.Enum.Name}\".</summary>");
        }

        WriteObsolete(writer, entry.Enum.Options?.Deprecated);
        using (writer.Block($"{file.Options.Access} enum {entry.Name}"))
        {
            var numbers = new HashSet<int>();
            for (var index = 0; index < entry.Members.Count; index++)
            {
                var value = entry.Enum.Values[index];
                if (!file.Comments.WriteSummary(writer, DocComments.Child(path, ValuePath, index)))
                {
                    writer.Line($"/// <summary>The value \"{value.Name}\".</summary>");
                }

                WriteObsolete(writer, value.Options?.Deprecated);
                var alias = numbers.Add(value.Number!.Value) ? "" : ", PreferredAlias = false";
                writer.Line($"[pbr::OriginalName(\"{value.Name}\"{alias})]");
                writer.Line($"{entry.Members[index]} = {value.Number},");
            }
        }

        writer.Line();
    }

    private static void WriteObsolete(CodeWriter writer, bool? deprecated)
    {
        if (deprecated == true)
        {
            writer.Line("[global::System.Obsolete]");
        }
    }
}
