using Trunkline.Compiler.Generators.CSharp.Lowering;
using Trunkline.Compiler.Generators.Writing;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp;

/// <summary>Writes the class that holds the descriptor of a file and ties each type in it to its class.</summary>
internal sealed class ReflectionWriter(FileContext file, CodeWriter writer)
{
    // 60 letters a line, as a person would wrap it.
    private const int Base64LineLength = 60;

    private readonly FileDescriptorProto _embedded = EmbeddedDescriptor.Of(file.File, file.Types.Schemas);

    /// <summary>Writes it.</summary>
    public void Write()
    {
        writer.Line($"/// <summary>Holds the descriptor of {file.File.Name}.</summary>");
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
        var lines = Convert.ToBase64String(_embedded.ToByteArray()).Chunk(Base64LineLength).Select(line => Quoted(new string(line))).ToArray();
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
        var extensions = file.Types.ExtensionsOf(file.File).Select(extension => $"{file.Qualify(file.ExtensionsName)}.{extension.Name}").ToArray();
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
                    writer.Line(TypeInfo(message, _embedded.MessageTypes[message.Index]) + ",");
                }
            }

            writer.Line("}));");
        }
    }

    // The runtime counts oneofs as the embedded descriptor has them, those that lowering adds included.
    private string TypeInfo(MessageEntry entry, DescriptorProto embedded)
    {
        if (entry.IsMapEntry)
        {
            return "null";
        }

        var message = entry.Message;
        var names = file.Types.NamesOf(entry);
        var properties = names.Properties.Select(Quoted).ToArray();
        string[] oneofs =
        [
            .. file.Types.SchemaOf(entry).Oneofs.Select(oneof => Quoted(names[oneof])),
            .. embedded.OneofDecls.Skip(message.OneofDecls.Count).Select(oneof => Quoted(CSharpNames.Pascal(oneof.Name!))),
        ];
        var enums = file.Types.EnumsOf(entry).Select(type => $"typeof({type.TypeName})").ToArray();
        var extensions = file.Types.ExtensionsOf(entry).Select(extension => $"{entry.TypeName}.Extensions.{extension.Name}").ToArray();
        var nested = file.Types.MessagesOf(entry).Select(type => TypeInfo(type, embedded.NestedTypes[type.Index])).ToArray();
        return $"new pbr::GeneratedClrTypeInfo(typeof({entry.TypeName}), {entry.TypeName}.Parser, " +
            $"{ArrayOrNull("string", properties)}, {ArrayOrNull("string", oneofs)}, {ArrayOrNull("global::System.Type", enums)}, " +
            $"{ArrayOrNull("pb::Extension", extensions)}, {ArrayOrNull("pbr::GeneratedClrTypeInfo", nested)})";
    }
}
