using Trunkline.Compiler.Generators.Writing;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp;

/// <summary>Writes the class that holds the descriptor of a file and ties each type in it to its class.</summary>
internal sealed class ReflectionWriter(FileContext file, CodeWriter writer)
{
    // 60 letters a line, as a person would wrap it.
    private const int Base64LineLength = 60;

    /// <summary>Writes it.</summary>
    public void Write()
    {
        writer.Line($"/// <summary>Holds the descriptor of {file.File.Name}.</summary>");
        writer.Line(FileContext.GeneratedCode);
        using (writer.Block($"{file.Options.Access} static partial class {file.ReflectionName}"))
        {
            writer.Lines($$"""
                /// <summary>The descriptor of {{file.File.Name}}.</summary>
                public static pbr::FileDescriptor Descriptor { get { return descriptor; } }

                private static pbr::FileDescriptor descriptor;

                """);
            using (writer.Block($"static {file.ReflectionName}()"))
            {
                WriteDescriptorData();
                WriteFromGeneratedCode();
            }
        }

        writer.Line();
    }

    private static string ArrayOrNull(string type, string[] items) =>
        items.Length == 0 ? "null" : $"new {type}[] {{ {string.Join(", ", items)} }}";

    private static string Quoted(string text) => $"\"{text}\"";

    private void WriteDescriptorData()
    {
        var lines = Convert.ToBase64String(EmbeddedDescriptor.Bytes(file.File)).Chunk(Base64LineLength).Select(line => Quoted(new string(line))).ToArray();
        writer.Line("byte[] descriptorData = global::System.Convert.FromBase64String(string.Concat(");
        using (writer.Indent())
        {
            for (var index = 0; index < lines.Length; index++)
            {
                writer.Line(lines[index] + (index == lines.Length - 1 ? "));" : ","));
            }
        }
    }

    private void WriteFromGeneratedCode()
    {
        // A weak import may be absent.
        var dependencies = string.Join(", ", file.File.Dependencies
            .Where(file.Types.HasFile)
            .Select(name => FileContext.ReflectionTypeName(file.Types.File(name)) + ".Descriptor"));
        var enums = file.Types.EnumsOf(file.File).Select(entry => $"typeof({entry.TypeName})").ToArray();
        var extensions = file.File.Extensions.Select(field => $"{file.Qualify(file.ExtensionsName)}.{ExtensionName(file.File.Package ?? "", field)}").ToArray();
        var messages = file.Types.MessagesOf(file.File).ToArray();
        writer.Line("descriptor = pbr::FileDescriptor.FromGeneratedCode(descriptorData,");
        using (writer.Indent())
        {
            writer.Line($"new pbr::FileDescriptor[] {{ {dependencies} }},");
            var head = $"new pbr::GeneratedClrTypeInfo({ArrayOrNull("global::System.Type", enums)}, {ArrayOrNull("pb::Extension", extensions)}";
            if (messages.Length == 0)
            {
                writer.Line($"{head}, null));");
                return;
            }

            writer.Line($"{head}, new pbr::GeneratedClrTypeInfo[]");
            writer.Line("{");
            using (writer.Indent())
            {
                foreach (var message in messages)
                {
                    writer.Line(TypeInfo(message) + ",");
                }
            }

            writer.Line("}));");
        }
    }

    private string ExtensionName(string scope, FieldDescriptorProto extension) => CSharpNames.Property(file.Types.SchemaOfExtension(scope, extension));

    private string TypeInfo(MessageEntry entry)
    {
        if (entry.IsMapEntry)
        {
            return "null";
        }

        var message = entry.Message;
        var properties = file.Types.SchemaOf(entry).Fields.Select(field => Quoted(CSharpNames.Property(field))).ToArray();
        var oneofs = message.OneofDecls.Select(oneof => Quoted(CSharpNames.Pascal(oneof.Name!))).ToArray();
        var enums = file.Types.EnumsOf(entry).Select(type => $"typeof({type.TypeName})").ToArray();
        var extensions = message.Extensions.Select(field => $"{entry.TypeName}.Extensions.{ExtensionName(entry.FullName[1..], field)}").ToArray();
        var nested = file.Types.MessagesOf(entry).Select(TypeInfo).ToArray();
        return $"new pbr::GeneratedClrTypeInfo(typeof({entry.TypeName}), {entry.TypeName}.Parser, " +
            $"{ArrayOrNull("string", properties)}, {ArrayOrNull("string", oneofs)}, {ArrayOrNull("global::System.Type", enums)}, " +
            $"{ArrayOrNull("pb::Extension", extensions)}, {ArrayOrNull("pbr::GeneratedClrTypeInfo", nested)})";
    }
}
