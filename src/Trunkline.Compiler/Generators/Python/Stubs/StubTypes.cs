using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python.Stubs;

/// <summary>The types of fields as annotations.</summary>
internal sealed class StubTypes(PythonFile file)
{
    // The alias of each module that the stub file imports, by the name of the .proto file.
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);

    /// <summary>Says under which name a file is imported; the last import counts.</summary>
    public void SetAlias(FileDescriptorProto import, string alias) => _aliases[import.Name!] = alias;

    /// <summary>Key and value of a field that is a map; null for any other.</summary>
    public (FieldDescriptorProto Key, FieldDescriptorProto Value)? FindMap(FieldDescriptorProto field)
        => field.Label == FieldLabel.Repeated && field.Type == FieldType.Message
            && file.Types.Find(field.TypeName!).Message is { Options.MapEntry: true, Fields: [var key, var value] } ? (key, value) : null;

    /// <summary>The type of the attribute that a field becomes.</summary>
    public string AttributeOf(FieldDescriptorProto field)
    {
        if (FindMap(field) is { } map)
        {
            var container = map.Value.Type == FieldType.Message ? "MessageMap" : "ScalarMap";
            return $"_containers.{container}[{ValueOf(map.Key)}, {ValueOf(map.Value)}]";
        }

        return field.Label != FieldLabel.Repeated ? ValueOf(field)
            : field.Type is FieldType.Message or FieldType.Group ? $"_containers.RepeatedCompositeFieldContainer[{ValueOf(field)}]"
            : $"_containers.RepeatedScalarFieldContainer[{ValueOf(field)}]";
    }

    /// <summary>The type of the argument that a constructor takes for a field: a message may be a mapping, an enum the name of a value.</summary>
    public string ArgumentOf(FieldDescriptorProto field)
    {
        if (FindMap(field) is { } map)
        {
            return $"_Optional[_Mapping[{ValueOf(map.Key)}, {ValueOf(map.Value)}]]";
        }

        var value = field.Type switch
        {
            FieldType.Message or FieldType.Group => $"_Union[{ValueOf(field)}, _Mapping]",
            FieldType.Enum => $"_Union[{ValueOf(field)}, str]",
            _ => ValueOf(field),
        };
        return field.Label == FieldLabel.Repeated ? $"_Optional[_Iterable[{value}]]"
            : field.Type == FieldType.Bool ? value
            : $"_Optional[{value}]";
    }

    /// <summary>A class in the stub file: of the file itself, or of a module that it imports.</summary>
    public string Class(PythonType type)
        => type.File.Name == file.Descriptor.Name ? type.Expression : $"{_aliases[type.File.Name!]}.{type.Expression}";

    private string ValueOf(FieldDescriptorProto field) => field.Type switch
    {
        FieldType.Double or FieldType.Float => "float",
        FieldType.Bool => "bool",
        FieldType.String => "str",
        FieldType.Bytes => "bytes",
        FieldType.Enum or FieldType.Message or FieldType.Group => Class(file.Types.Find(field.TypeName!)),
        _ => "int",
    };
}
