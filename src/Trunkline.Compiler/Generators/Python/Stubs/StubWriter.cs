using Trunkline.Compiler.Generators.Writing;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python.Stubs;

/// <summary>Writes a <c>_pb2.pyi</c> file, which tells type checkers and editors what the module has, byte for byte as protoc 3.21 does.</summary>
internal sealed class StubWriter
{
    private readonly PythonFile _file;
    private readonly StubTypes _types;
    private readonly CodeWriter _writer = new();

    private StubWriter(PythonFile file)
    {
        _file = file;
        _types = new StubTypes(file);
    }

    /// <summary>Writes it.</summary>
    /// <returns>The text.</returns>
    public static string Write(PythonFile file) => new StubWriter(file).Write();

    private string Write()
    {
        FileDescriptorProto file = _file.Descriptor;
        new StubImports(_file, _types, _writer).Write();
        WriteMembers(TopMembers());
        foreach (DescriptorProto message in file.MessageTypes.OrderBy(message => message.Name, StringComparer.Ordinal))
        {
            _writer.Line();
            WriteMessage(message, _file.Scope);
        }

        foreach (EnumDescriptorProto item in file.EnumTypes)
        {
            _writer.Line();
            WriteEnum(item);
        }

        foreach (ServiceDescriptorProto service in file.Services.Where(_ => _file.HasGenericServices).OrderBy(service => service.Name, StringComparer.Ordinal))
        {
            _writer.Line();
            _writer.Line($"class {service.Name}(_service.service): ...");
            _writer.Line();
            _writer.Line($"class {service.Name}_Stub({service.Name}): ...");
        }

        return _writer.ToString();
    }

    private SortedDictionary<string, string> TopMembers()
    {
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["DESCRIPTOR"] = "_descriptor.FileDescriptor" };
        foreach (FileDescriptorProto import in _file.Types.PublicImportsOf(_file.Descriptor))
        {
            var scope = string.IsNullOrEmpty(import.Package) ? "" : "." + import.Package;
            import.EnumTypes.ForEach(item => AddValues(members, item, scope));
            AddExtensions(members, import.Extensions);
        }

        _file.Descriptor.EnumTypes.ForEach(item => AddValues(members, item, _file.Scope));
        AddExtensions(members, _file.Descriptor.Extensions);
        return members;
    }

    // As deep as messages nest, which the parser bounds.
    private void WriteMessage(DescriptorProto message, string scope)
    {
        var fullName = $"{scope}.{message.Name}";
        List<FieldDescriptorProto> usable = message.Fields.FindAll(field => !PythonNames.IsKeyword(field.Name!));
        _writer.Line($"class {message.Name}(_message.Message{(WellKnownBases.Has(fullName) ? $", _well_known_types.{message.Name}" : "")}):");
        using (_writer.Indent())
        {
            var slots = usable.Select(field => field.Name).Order(StringComparer.Ordinal).Select(name => $"\"{name}\"");
            _writer.Line($"__slots__ = [{string.Join(", ", slots)}]");
            foreach (EnumDescriptorProto item in message.EnumTypes.OrderBy(item => item.Name, StringComparer.Ordinal))
            {
                WriteEnum(item);
            }

            foreach (DescriptorProto nested in message.NestedTypes.OrderBy(nested => nested.Name, StringComparer.Ordinal))
            {
                WriteMessage(nested, fullName);
            }

            WriteMembers(MembersOf(message, usable, fullName));
            WriteConstructor(message, usable);
        }
    }

    private SortedDictionary<string, string> MembersOf(DescriptorProto message, List<FieldDescriptorProto> usable, string fullName)
    {
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (message.ExtensionRanges.Count > 0)
        {
            members["Extensions"] = "_python_message._ExtensionDict";
        }

        message.EnumTypes.ForEach(item => AddValues(members, item, fullName));
        message.Fields.ForEach(field => AddNumber(members, field));
        usable.ForEach(field => members[field.Name!] = _types.AttributeOf(field));
        AddExtensions(members, message.Extensions);
        return members;
    }

    private void WriteConstructor(DescriptorProto message, List<FieldDescriptorProto> usable)
    {
        // A first field of the name would stand right beside Python's own self; further down protoc leaves it.
        List<string> arguments = ["self"];
        arguments.AddRange(usable.Select((field, index) => $"{(index == 0 && field.Name == "self" ? "self_" : field.Name)}: {_types.ArgumentOf(field)} = ..."));
        if (usable.Count < message.Fields.Count)
        {
            // No argument can be called like a keyword; a dictionary can bring it.
            arguments.Add("**kwargs");
        }

        _writer.Line($"def __init__({string.Join(", ", arguments)}) -> None: ...");
    }

    private void WriteEnum(EnumDescriptorProto item)
    {
        _writer.Line($"class {item.Name}(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):");
        using (_writer.Indent())
        {
            _writer.Line("__slots__ = []");
        }
    }

    private void WriteMembers(SortedDictionary<string, string> members)
    {
        foreach (var (name, type) in members)
        {
            _writer.Line($"{name}: {type}");
        }
    }

    private void AddValues(SortedDictionary<string, string> members, EnumDescriptorProto item, string scope)
    {
        var type = _types.Class(_file.Types.Find($"{scope}.{item.Name}"));
        item.Values.ForEach(value => members[value.Name!] = type);
    }

    private static void AddExtensions(SortedDictionary<string, string> members, List<FieldDescriptorProto> extensions)
    {
        foreach (FieldDescriptorProto extension in extensions)
        {
            AddNumber(members, extension);
            members[extension.Name!] = "_descriptor.FieldDescriptor";
        }
    }

    private static void AddNumber(SortedDictionary<string, string> members, FieldDescriptorProto field)
        => members[PythonNames.Upper(field.Name!) + "_FIELD_NUMBER"] = "_ClassVar[int]";
}
