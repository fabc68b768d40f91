using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>All files of a request and their types, by name.</summary>
internal sealed class PythonTypes
{
    private readonly Dictionary<string, FileDescriptorProto> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PythonType> _types = new(StringComparer.Ordinal);

    /// <summary>Takes the files of a request. protoc 3.21, whose output is met here, knows no options that are for the compiler alone, and keeps all.</summary>
    public PythonTypes(GeneratorRequest request)
    {
        foreach (FileDescriptorProto file in request.FilesWithAllOptions.Count > 0 ? request.FilesWithAllOptions : request.Files)
        {
            _files[file.Name!] = file;
            var scope = string.IsNullOrEmpty(file.Package) ? "" : "." + file.Package;
            AddAll(file, null, scope, file.MessageTypes, file.EnumTypes);
        }
    }

    /// <summary>The file of a name.</summary>
    public FileDescriptorProto File(string name) => _files[name];

    /// <summary>The type of a full name that begins with a dot.</summary>
    public PythonType Find(string fullName) => _types[fullName];

    /// <summary>The files that a file imports publicly, in its order.</summary>
    public IEnumerable<FileDescriptorProto> PublicImportsOf(FileDescriptorProto file) => file.PublicDependencies.Select(index => File(file.Dependencies[index]));

    // As deep as messages nest, which the parser bounds.
    private void AddAll(FileDescriptorProto file, PythonType? parent, string scope, List<DescriptorProto> messages, List<EnumDescriptorProto> enums)
    {
        foreach (DescriptorProto message in messages)
        {
            var type = new PythonType(file, parent, message.Name!, message, null);
            var fullName = $"{scope}.{message.Name}";
            _types[fullName] = type;
            AddAll(file, type, fullName, message.NestedTypes, message.EnumTypes);
        }

        foreach (EnumDescriptorProto item in enums)
        {
            _types[$"{scope}.{item.Name}"] = new PythonType(file, parent, item.Name!, null, item);
        }
    }
}
