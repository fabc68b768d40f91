using System.Text;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>Writes the lines that register the extensions of a file with the messages that they extend.</summary>
internal static class ExtensionLines
{
    /// <summary>Writes them: those at the top of the file, then those of each message behind those of the messages in it.</summary>
    public static void Write(PythonFile file, StringBuilder text)
    {
        foreach (FieldDescriptorProto extension in file.Descriptor.Extensions)
        {
            Write(file, extension, PythonNames.InModule(extension.Name!), text);
        }

        foreach (DescriptorProto message in file.Descriptor.MessageTypes)
        {
            Write(file, message, file.Scope, text);
        }
    }

    // As deep as messages nest, which the parser bounds.
    private static void Write(PythonFile file, DescriptorProto message, string scope, StringBuilder text)
    {
        var fullName = $"{scope}.{message.Name}";
        foreach (DescriptorProto nested in message.NestedTypes)
        {
            Write(file, nested, fullName, text);
        }

        foreach (FieldDescriptorProto extension in message.Extensions)
        {
            Write(file, extension, $"{file.Types.Find(fullName).DescriptorName}.extensions_by_name['{extension.Name}']", text);
        }
    }

    private static void Write(PythonFile file, FieldDescriptorProto extension, string expression, StringBuilder text)
        => text.Append($"  {file.Types.Find(extension.Extendee!).ExpressionIn(file.Descriptor)}.RegisterExtension({expression})\n");
}
