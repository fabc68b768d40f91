using System.Text;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>
/// Writes what the module of descriptor.proto has beyond others. A runtime that holds descriptors in Python reads embedded descriptors with the classes of this very
/// module, so here they are spelled out. descriptor.proto declares neither oneofs nor extensions,
/// and the options of its parts are left out, as its top-level enums are: protoc 3.21 knows a descriptor.proto without any.
/// </summary>
internal sealed class DescriptorFileWriter
{
    private readonly PythonFile _file;
    private readonly StringBuilder _text;

    private DescriptorFileWriter(PythonFile file, StringBuilder text)
    {
        _file = file;
        _text = text;
    }

    private FileDescriptorProto Descriptor => _file.Descriptor;

    /// <summary>Writes the descriptor of the file, up to the line that other modules have alone.</summary>
    public static void WriteFile(PythonFile file, StringBuilder text) => text.Append(
        $$"""
        if _descriptor._USE_C_DESCRIPTORS == False:
          DESCRIPTOR = _descriptor.FileDescriptor(
            name='{{file.Descriptor.Name}}',
            package='{{file.Descriptor.Package}}',
            syntax='{{file.Descriptor.Syntax ?? "proto2"}}',
            serialized_options=None,
            create_key=_descriptor._internal_create_key,
            serialized_pb=b'{{PythonBytes.Hexadecimal(file.Embedded.Bytes)}}'
          )
        else:

        """);

    /// <summary>Writes the descriptors of its types, up to the line that other modules have alone.</summary>
    public static void WriteTypes(PythonFile file, StringBuilder text) => new DescriptorFileWriter(file, text).WriteTypes();

    private void WriteTypes()
    {
        _text.Append("if _descriptor._USE_C_DESCRIPTORS == False:\n");
        Descriptor.MessageTypes.ForEach(message => WriteEnums(message, _file.Scope));
        foreach (DescriptorProto message in Descriptor.MessageTypes)
        {
            _text.Append('\n');
            WriteMessage(message, _file.Scope);
        }

        Descriptor.MessageTypes.ForEach(message => WriteLinks(message, _file.Scope));
        foreach (DescriptorProto message in Descriptor.MessageTypes)
        {
            _text.Append($"  DESCRIPTOR.message_types_by_name['{message.Name}'] = {NameOf(message.Name!, _file.Scope)}\n");
        }

        foreach (EnumDescriptorProto item in Descriptor.EnumTypes)
        {
            _text.Append($"  DESCRIPTOR.enum_types_by_name['{item.Name}'] = {NameOf(item.Name!, _file.Scope)}\n");
        }

        _text.Append("  _sym_db.RegisterFileDescriptor(DESCRIPTOR)\n\n");
    }

    private string NameOf(string name, string scope) => _file.Types.Find($"{scope}.{name}").DescriptorName;

    // As deep as messages nest, which the parser bounds.
    private void WriteEnums(DescriptorProto message, string scope)
    {
        var fullName = $"{scope}.{message.Name}";
        message.NestedTypes.ForEach(nested => WriteEnums(nested, fullName));
        message.EnumTypes.ForEach(item => WriteEnum(item, fullName));
    }

    private void WriteEnum(EnumDescriptorProto item, string scope)
    {
        var name = NameOf(item.Name!, scope);
        _text.Append(
            $"""
              {name} = _descriptor.EnumDescriptor(
                name='{item.Name}',
                full_name='{scope[1..]}.{item.Name}',
                filename=None,
                file=DESCRIPTOR,
                create_key=_descriptor._internal_create_key,
                values=[

            """);
        for (var index = 0; index < item.Values.Count; index++)
        {
            _text.Append(
                $"""
                      _descriptor.EnumValueDescriptor(
                        name='{item.Values[index].Name}', index={index}, number={item.Values[index].Number ?? 0},
                        serialized_options=None,
                        type=None,
                        create_key=_descriptor._internal_create_key),

                """);
        }

        _text.Append(
            $"""
                ],
                containing_type=None,
                serialized_options=None,
              )
              _sym_db.RegisterEnumDescriptor({name})


            """);
    }

    private void WriteMessage(DescriptorProto message, string scope)
    {
        var fullName = $"{scope}.{message.Name}";
        message.NestedTypes.ForEach(nested => WriteMessage(nested, fullName));
        _text.Append(
            $"""
              {NameOf(message.Name!, scope)} = _descriptor.Descriptor(
                name='{message.Name}',
                full_name='{fullName[1..]}',
                filename=None,
                file=DESCRIPTOR,
                containing_type=None,
                create_key=_descriptor._internal_create_key,
                fields=[

            """);
        for (var index = 0; index < message.Fields.Count; index++)
        {
            WriteField(message.Fields[index], index, fullName);
        }

        var nestedTypes = string.Concat(message.NestedTypes.Select(nested => NameOf(nested.Name!, fullName) + ", "));
        var enumTypes = string.Concat(message.EnumTypes.Select(item => $"      {NameOf(item.Name!, fullName)},\n"));
        var ranges = string.Concat(message.ExtensionRanges.Select(range => $"({range.Start}, {range.End}), "));
        _text.Append(
            $"""
                ],
                extensions=[
                ],
                nested_types=[{nestedTypes}],
                enum_types=[
            {enumTypes}    ],
                serialized_options=None,
                is_extendable={(ranges.Length > 0 ? "True" : "False")},
                syntax='{Descriptor.Syntax ?? "proto2"}',
                extension_ranges=[{ranges}],
                oneofs=[
                ],
              )


            """);
    }

    private void WriteField(FieldDescriptorProto field, int index, string scope) => _text.Append(
        $"""
              _descriptor.FieldDescriptor(
                name='{field.Name}', full_name='{scope[1..]}.{field.Name}', index={index},
                number={field.Number}, type={(int)field.Type!}, cpp_type={CppType(field.Type.Value)}, label={(int)field.Label!},
                has_default_value={(field.DefaultValue is null ? "False" : "True")}, default_value={DefaultOf(field)},
                message_type=None, enum_type=None, containing_type=None,
                is_extension=False, extension_scope=None,
                serialized_options=None, file=DESCRIPTOR,  create_key=_descriptor._internal_create_key),

        """);

    // The types of C++ that the runtime counts in.
    private static int CppType(FieldType type) => type switch
    {
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => 1,
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => 2,
        FieldType.UInt32 or FieldType.Fixed32 => 3,
        FieldType.UInt64 or FieldType.Fixed64 => 4,
        FieldType.Double => 5,
        FieldType.Float => 6,
        FieldType.Bool => 7,
        FieldType.Enum => 8,
        FieldType.String or FieldType.Bytes => 9,
        _ => 10,
    };

    private string DefaultOf(FieldDescriptorProto field) => field.Type switch
    {
        _ when field.Label == FieldLabel.Repeated => "[]",
        FieldType.Message or FieldType.Group => "None",
        FieldType.Bool => field.DefaultValue == "true" ? "True" : "False",
        FieldType.String => $"b\"{PythonBytes.Octal(Encoding.UTF8.GetBytes(field.DefaultValue ?? ""))}\".decode('utf-8')",
        FieldType.Bytes => $"b\"{field.DefaultValue}\"",
        FieldType.Double or FieldType.Float => $"float({field.DefaultValue ?? "0"})",
        FieldType.Enum => $"{EnumDefaultOf(field)}",
        _ => field.DefaultValue ?? "0",
    };

    private int EnumDefaultOf(FieldDescriptorProto field)
    {
        EnumDescriptorProto type = _file.Types.Find(field.TypeName!).Enum!;
        EnumValueDescriptorProto value = type.Values.Find(value => value.Name == field.DefaultValue) ?? type.Values[0];
        return value.Number ?? 0;
    }

    // As deep as messages nest, which the parser bounds.
    private void WriteLinks(DescriptorProto message, string scope)
    {
        var fullName = $"{scope}.{message.Name}";
        var name = NameOf(message.Name!, scope);
        message.NestedTypes.ForEach(nested => WriteLinks(nested, fullName));
        foreach (FieldDescriptorProto field in message.Fields.FindAll(field => field.TypeName is not null))
        {
            var link = field.Type == FieldType.Enum ? "enum_type" : "message_type";
            _text.Append($"  {name}.fields_by_name['{field.Name}'].{link} = {_file.Types.Find(field.TypeName!).DescriptorName}\n");
        }

        if (_file.Types.Find(fullName).Parent is { } parent)
        {
            _text.Append($"  {name}.containing_type = {parent.DescriptorName}\n");
        }

        foreach (EnumDescriptorProto item in message.EnumTypes)
        {
            _text.Append($"  {NameOf(item.Name!, fullName)}.containing_type = {name}\n");
        }
    }
}
