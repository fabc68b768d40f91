using System.Diagnostics.CodeAnalysis;
using Trunkline.Descriptors.Schemas;

namespace Trunkline.Descriptors;

/// <summary>A message type, linked: its fields by number and by name, its oneofs, and the extensions that the registry knows of it.</summary>
public sealed class MessageSchema
{
    // Numbers below this are found by index: real messages number their fields from 1 without large gaps.
    private const int DenseNumbers = 256;

    private readonly Dictionary<string, FieldSchema> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<int, FieldSchema> _byNumber = [];
    private readonly Dictionary<string, FieldSchema> _byJsonName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reservedNames;
    private FieldSchema?[] _dense = [];

    internal MessageSchema(
        DescriptorProto descriptor, string fullName, string file, MessageSchema? containingMessage, SchemaRegistry registry, FeatureValues features)
    {
        Descriptor = descriptor;
        FullName = fullName;
        File = file;
        ContainingMessage = containingMessage;
        Registry = registry;
        Features = features;
        _reservedNames = new HashSet<string>(descriptor.ReservedNames, StringComparer.Ordinal);
    }

    /// <summary>The descriptor.</summary>
    public DescriptorProto Descriptor { get; }

    /// <summary>The simple name.</summary>
    public string Name => Descriptor.Name!;

    /// <summary>The name with its package and enclosing messages, without a leading dot.</summary>
    public string FullName { get; }

    /// <summary>The name of the file that declares the message.</summary>
    public string File { get; }

    /// <summary>The message around this one, or null.</summary>
    public MessageSchema? ContainingMessage { get; }

    /// <summary>The registry that the message was linked in.</summary>
    public SchemaRegistry Registry { get; }

    /// <summary>The fields, in source order.</summary>
    public IReadOnlyList<FieldSchema> Fields { get; private set; } = [];

    /// <summary>
    /// The oneofs, in source order; those made for <c>optional</c> of proto3 have one field and are not that field's <see cref="FieldSchema.Oneof"/>.
    /// </summary>
    public IReadOnlyList<OneofSchema> Oneofs { get; private set; } = [];

    /// <summary>Whether the message is an entry of a map, with <c>key</c> as field 1 and <c>value</c> as field 2.</summary>
    public bool IsMapEntry => Descriptor.Options?.MapEntry == true;

    /// <summary>Whether extensions are laid out as items of a message set.</summary>
    public bool IsMessageSet => Descriptor.Options?.MessageSetWireFormat == true;

    internal FeatureValues Features { get; }

    internal FieldSchema MapKey => Fields[0];

    internal FieldSchema MapValue => Fields[1];

    /// <summary>The field or known extension with this number, or null.</summary>
    public FieldSchema? FindField(int number)
    {
        if ((uint)number < (uint)_dense.Length && _dense[number] is { } field)
        {
            return field;
        }

        return _byNumber.GetValueOrDefault(number);
    }

    /// <summary>The field with this simple name, or null.</summary>
    public FieldSchema? FindField(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The field with this name in JSON, or null.</summary>
    public FieldSchema? FindJsonField(string name) => _byJsonName.GetValueOrDefault(name);

    /// <summary>The field with this simple name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public FieldSchema Field(string name) => FindField(name) ?? throw new ArgumentException($"{FullName} has no field \"{name}\".", nameof(name));

    /// <summary>Whether fields must not have this name.</summary>
    public bool IsReservedName(string name) => _reservedNames.Contains(name);

    /// <summary>The full name.</summary>
    public override string ToString() => FullName;

    [MemberNotNull(nameof(Fields), nameof(Oneofs))]
    internal void SetMembers(List<FieldSchema> fields, List<OneofSchema> oneofs)
    {
        Fields = fields;
        Oneofs = oneofs;
        var largest = 0;
        foreach (var field in fields)
        {
            if (!_byName.TryAdd(field.Name, field))
            {
                throw new SchemaException(File, $"{FullName} has two fields named \"{field.Name}\".");
            }

            // Files from before this was a rule may have two; the first one is meant.
            _byJsonName.TryAdd(field.JsonName, field);
            Add(field);
            largest = field.Number < DenseNumbers ? Math.Max(largest, field.Number) : largest;
        }

        _dense = new FieldSchema?[largest + 1];
        foreach (var field in fields)
        {
            if (field.Number <= largest)
            {
                _dense[field.Number] = field;
            }
        }
    }

    /// <summary>
    /// Makes a field or an extension known by its number. Files that do not know each other may give one number to two extensions, as with protoc; then the
    /// first is meant.
    /// </summary>
    internal void Add(FieldSchema field)
    {
        if (!_byNumber.TryAdd(field.Number, field)
            && (_byNumber[field.Number] is not { IsExtension: true } other || !field.IsExtension || string.Equals(other.File, field.File, StringComparison.Ordinal)))
        {
            throw new SchemaException(field.File, $"{field.FullName} and {_byNumber[field.Number].FullName} are both field {field.Number} of {FullName}.");
        }
    }
}
