using Trunkline.Compiler.Generators.CSharp.Fields;
using Trunkline.Compiler.Generators.Writing;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp;

/// <summary>Writes a class that holds the identifiers of extensions.</summary>
internal sealed class ExtensionWriter(FileContext file, CodeWriter writer)
{
    /// <summary>Writes the class <paramref name="className"/> with <paramref name="extensions"/>, whose paths lie under <paramref name="path"/>.</summary>
    public void Write(string access, string className, ExtensionEntry[] extensions, int[] path, int pathNumber)
    {
        using (writer.Block($"{access} static partial class {className}"))
        {
            for (var index = 0; index < extensions.Length; index++)
            {
                WriteExtension(extensions[index], DocComments.Child(path, pathNumber, index));
            }
        }

        writer.Line();
    }

    private void WriteExtension(ExtensionEntry entry, int[] path)
    {
        var extension = entry.Schema;
        if (!file.Comments.WriteSummary(writer, path))
        {
            writer.Line($"/// <summary>The extension \"{extension.Name}\".</summary>");
        }

        var context = new FieldContext(extension, entry.Name, path, file);
        if (context.IsDeprecated)
        {
            writer.Line("[global::System.Obsolete]");
        }

        var element = ElementType.Of(extension, file.Types);
        var extended = file.Types.Of(extension.ContainingMessage).TypeName;
        var type = $"pb::{(extension.IsRepeated ? "RepeatedExtension" : "Extension")}<{extended}, {element.TypeName}>";
        var codec = element.Codec(context.Tag(extension.IsPacked ? WireType.LengthDelimited : element.Wire), withDefault: !extension.IsRepeated);
        writer.Line($"public static readonly {type} {context.Property}");
        using (writer.Indent())
        {
            writer.Line($"= new {type}({extension.Number}, {codec});");
        }

        writer.Line();
    }
}
