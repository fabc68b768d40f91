namespace Trunkline.Descriptors;

/// <summary>An enum type, linked: its values by name and by number.</summary>
public sealed class EnumSchema
{
    private readonly Dictionary<string, EnumValueDescriptorProto> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<int, EnumValueDescriptorProto> _byNumber = [];

    internal EnumSchema(EnumDescriptorProto descriptor, string fullName, string file, bool isClosed)
    {
        Descriptor = descriptor;
        FullName = fullName;
        IsClosed = isClosed;
        foreach (var value in descriptor.Values)
        {
            if (value.Name is null || value.Number is not { } number || !_byName.TryAdd(value.Name, value))
            {
                throw new SchemaException(file, $"the values of enum {fullName} do not all have a name of their own and a number.");
            }

            // Of several names for a number the first one is printed.
            _byNumber.TryAdd(number, value);
        }

        if (descriptor.Values.Count == 0)
        {
            throw new SchemaException(file, $"enum {fullName} has no values.");
        }
    }

    /// <summary>The descriptor.</summary>
    public EnumDescriptorProto Descriptor { get; }

    /// <summary>The name with its package and enclosing messages, without a leading dot.</summary>
    public string FullName { get; }

    /// <summary>Whether a number that no value has is not a value of the enum.</summary>
    public bool IsClosed { get; }

    /// <summary>The number of the value that is declared first: the default of fields that declare none.</summary>
    public int DefaultNumber => Descriptor.Values[0].Number!.Value;

    /// <summary>The number of the value with this name, or null.</summary>
    public int? FindNumber(string name) => _byName.GetValueOrDefault(name)?.Number;

    /// <summary>The first declared name of this number, or null.</summary>
    public string? FindName(int number) => _byNumber.GetValueOrDefault(number)?.Name;

    /// <summary>The full name.</summary>
    public override string ToString() => FullName;
}
