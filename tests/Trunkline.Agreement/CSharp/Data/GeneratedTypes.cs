using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Trunkline.Agreement.CSharp.Generation;

namespace Trunkline.Agreement.CSharp.Data;

/// <summary>The message types of compiled code by full name, with what parsing and printing them needs.</summary>
internal sealed class GeneratedTypes
{
    private readonly Dictionary<string, MessageDescriptor> _messages = new(StringComparer.Ordinal);

    public GeneratedTypes(LoadedCode code)
    {
        FileDescriptor[] files = [.. code.Assembly.GetExportedTypes().Where(type => type is { IsAbstract: true, IsSealed: true, DeclaringType: null }).Select(FileOf).OfType<FileDescriptor>()];
        foreach (FileDescriptor file in files)
        {
            Files.Add(file.Name, file);
            AddExtensions(file.Extensions);
            foreach (MessageDescriptor message in file.MessageTypes)
            {
                Add(message);
            }
        }

        Formats = new JsonFormats(TypeRegistry.FromFiles(files));
    }

    public Dictionary<string, FileDescriptor> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>All extensions that the code declares.</summary>
    public ExtensionRegistry Extensions { get; } = [];

    /// <summary>The same by full name.</summary>
    public Dictionary<string, FieldDescriptor> ExtensionsByName { get; } = new(StringComparer.Ordinal);

    public JsonFormats Formats { get; }

    /// <summary>The type of that name, also when it is one of the runtime's that the code extends; null when it is neither.</summary>
    public MessageDescriptor? Find(string fullName)
        => _messages.GetValueOrDefault(fullName) ?? ExtensionsByName.Values.FirstOrDefault(extension => extension.ExtendeeType.FullName == fullName)?.ExtendeeType;

    /// <summary>The extensions of a type, by number.</summary>
    public IEnumerable<FieldDescriptor> ExtensionsOf(MessageDescriptor type)
        => ExtensionsByName.Values.Where(extension => extension.ExtendeeType.FullName == type.FullName).OrderBy(extension => extension.FieldNumber);

    private static FileDescriptor? FileOf(Type type)
    {
        PropertyInfo? property = type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);
        return property?.PropertyType == typeof(FileDescriptor) ? (FileDescriptor)property.GetValue(null)! : null;
    }

    private void Add(MessageDescriptor message)
    {
        _messages.Add(message.FullName, message);
        AddExtensions(message.Extensions);
        foreach (MessageDescriptor nested in message.NestedTypes)
        {
            Add(nested);
        }
    }

    private void AddExtensions(ExtensionCollection? extensions)
    {
        foreach (FieldDescriptor extension in extensions?.UnorderedExtensions ?? [])
        {
            Extensions.Add(extension.Extension);
            ExtensionsByName.Add(extension.FullName, extension);
        }
    }
}

/// <summary>The ways to print JSON, and the way back.</summary>
internal sealed class JsonFormats(TypeRegistry types)
{
    public JsonFormatter Plain { get; } = new(JsonFormatter.Settings.Default.WithTypeRegistry(types));

    public JsonFormatter WithDefaults { get; } = new(JsonFormatter.Settings.Default.WithTypeRegistry(types).WithFormatDefaultValues(true));

    public JsonFormatter InProtoWords { get; } = new(JsonFormatter.Settings.Default.WithTypeRegistry(types).WithPreserveProtoFieldNames(true).WithFormatEnumsAsIntegers(true));

    public JsonParser Parser { get; } = new(JsonParser.Settings.Default.WithTypeRegistry(types));
}
