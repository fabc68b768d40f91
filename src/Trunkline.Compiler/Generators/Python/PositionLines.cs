using System.Text;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>Writes the lines that say where in the embedded bytes each enum, message and service lies.</summary>
internal static class PositionLines
{
    /// <summary>Writes them.</summary>
    public static void Write(PythonFile file, StringBuilder text)
    {
        foreach (EnumDescriptorProto item in file.Descriptor.EnumTypes)
        {
            Write(file, file.Types.Find($"{file.Scope}.{item.Name}").DescriptorName, item, text);
        }

        foreach (DescriptorProto message in file.Descriptor.MessageTypes)
        {
            Write(file, message, file.Scope, text);
        }

        foreach (ServiceDescriptorProto service in file.Descriptor.Services)
        {
            Write(file, "_" + PythonNames.Upper(service.Name!), service, text);
        }
    }

    // As deep as messages nest, which the parser bounds.
    private static void Write(PythonFile file, DescriptorProto message, string scope, StringBuilder text)
    {
        var fullName = $"{scope}.{message.Name}";
        Write(file, file.Types.Find(fullName).DescriptorName, message, text);
        foreach (DescriptorProto nested in message.NestedTypes)
        {
            Write(file, nested, fullName, text);
        }

        foreach (EnumDescriptorProto item in message.EnumTypes)
        {
            Write(file, file.Types.Find($"{fullName}.{item.Name}").DescriptorName, item, text);
        }
    }

    private static void Write(PythonFile file, string name, DescriptorMessage element, StringBuilder text)
    {
        var (start, end) = file.Embedded.Find(element);
        text.Append($"  {name}._serialized_start={start}\n  {name}._serialized_end={end}\n");
    }
}
