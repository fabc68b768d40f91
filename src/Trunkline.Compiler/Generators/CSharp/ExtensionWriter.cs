using Trunkline.Compiler.Generators.CSharp.Fields;
using Trunkline.Compiler.Generators.Writing;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp;

/// <summary>Writes a class that holds the identifiers of extensions. In proto3 these are custom options.</summary>
internal static class ExtensionWriter
{
    /// <summary>Writes the class <paramref name="className"/> with <paramref name="extensions"/>, whose paths lie under <paramref name="path"/>.</summary>
    public static void Write(
        FileContext file, string access, string className, List<FieldDescriptorProto> extensions, int[] path, int pathNumber, CodeWriter writer)
    {
        writer.Line(FileContext.GeneratedCode);
        using (writer.Block($"{access} static partial class {className}"))
        {
            for (var index = 0; index < extensions.Count; index++)
            {
                WriteExtension(file, extensions[index], DocComments.Child(path, pathNumber, index), writer);
            }
        }

        writer.Line();
    }

    private static void WriteExtension(FileContext file, FieldDescriptorProto extension, int[] path, CodeWriter writer)
    {
        if (!file.Comments.WriteSummary(writer, path))
        {
            writer.Line($"/// <summary>The extension \"{extension.Name}\".</summary>");
        }

        if (extension.Options?.Deprecated == true)
        {
            writer.Line("[global::System.Obsolete]");
        }

        var context = new FieldContext(extension, CSharpNames.Pascal(extension.Name!), path, file.Comments);
        var element = ElementType.Of(extension, file.Types);
        var repeated = extension.Label == FieldLabel.Repeated;
        var extended = file.Types.Message(extension.Extendee!).TypeName;
        var type = $"pb::{(repeated ? "RepeatedExtension" : "Extension")}<{extended}, {element.TypeName}>";
        var packed = repeated && element.IsPackable && extension.Options?.Packed != false;
        var codec = element.Codec(packed ? context.Tag(WireType.LengthDelimited) : context.Tag(element.Wire), withDefault: !repeated);
        writer.Line($"public static readonly {type} {context.Property}");
        using (writer.Indent())
        {
            writer.Line($"= new {type}({extension.Number}, {codec});");
        }

        writer.Line();
    }
}
