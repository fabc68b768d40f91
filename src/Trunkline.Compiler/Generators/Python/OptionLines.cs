using System.Text;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>Writes the lines that give descriptors held in Python their options: an element without options gets none.</summary>
internal sealed class OptionLines
{
    private readonly PythonFile _file;
    private readonly StringBuilder _text;

    private OptionLines(PythonFile file, StringBuilder text)
    {
        _file = file;
        _text = text;
    }

    /// <summary>Writes them.</summary>
    public static void Write(PythonFile file, StringBuilder text) => new OptionLines(file, text).Write();

    private void Write()
    {
        _text.Append("  DESCRIPTOR._options = None\n");
        FileDescriptorProto file = _file.Descriptor;
        if (_file.IsDescriptorFile)
        {
            return;
        }

        if (Bytes(file.Options) is { } options)
        {
            _text.Append($"  DESCRIPTOR._serialized_options = b'{options}'\n");
        }

        file.EnumTypes.ForEach(item => WriteEnum(item, _file.Scope));
        file.Extensions.ForEach(extension => Line(extension.Name!, extension.Options));
        file.MessageTypes.ForEach(message => WriteMessage(message, _file.Scope));
        file.Services.ForEach(WriteService);
    }

    // As deep as messages nest, which the parser bounds.
    private void WriteMessage(DescriptorProto message, string scope)
    {
        var fullName = $"{scope}.{message.Name}";
        var name = _file.Types.Find(fullName).DescriptorName;
        message.NestedTypes.ForEach(nested => WriteMessage(nested, fullName));
        message.OneofDecls.ForEach(oneof => Line($"{name}.oneofs_by_name['{oneof.Name}']", oneof.Options));
        message.EnumTypes.ForEach(item => WriteEnum(item, fullName));
        message.Fields.ForEach(field => Line($"{name}.fields_by_name['{field.Name}']", field.Options));
        message.Extensions.ForEach(extension => Line($"{name}.extensions_by_name['{extension.Name}']", extension.Options));
        Line(name, message.Options);
    }

    private void WriteEnum(EnumDescriptorProto item, string scope)
    {
        var name = _file.Types.Find($"{scope}.{item.Name}").DescriptorName;
        Line(name, item.Options);
        item.Values.ForEach(value => Line($"{name}.values_by_name[\"{value.Name}\"]", value.Options));
    }

    private void WriteService(ServiceDescriptorProto service)
    {
        var name = "_" + PythonNames.Upper(service.Name!);
        Line(name, service.Options);
        service.Methods.ForEach(method => Line($"{name}.methods_by_name['{method.Name}']", method.Options));
    }

    private void Line(string descriptor, DescriptorMessage? options)
    {
        if (Bytes(options) is { } bytes)
        {
            _text.Append($"  {descriptor}._options = None\n  {descriptor}._serialized_options = b'{bytes}'\n");
        }
    }

    private static string? Bytes(DescriptorMessage? options)
        => options?.ToByteArray() is { Length: > 0 } bytes ? PythonBytes.Octal(bytes) : null;
}
