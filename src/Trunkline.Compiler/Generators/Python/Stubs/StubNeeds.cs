using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python.Stubs;

/// <summary>What a stub file needs of other modules: found before it is written, since imports come first.</summary>
internal sealed class StubNeeds
{
    private readonly StubTypes _types;

    /// <summary>Looks through a file.</summary>
    public StubNeeds(PythonFile file, StubTypes types)
    {
        _types = types;
        HasMessages = file.Descriptor.MessageTypes.Count > 0;
        HasEnums = file.Descriptor.EnumTypes.Count > 0;
        HasServices = file.HasGenericServices;
        file.Descriptor.MessageTypes.ForEach(message => Add(message, file.Scope));
    }

    public bool HasMessages { get; }

    public bool HasEnums { get; private set; }

    public bool HasServices { get; }

    public bool HasContainers { get; private set; }

    public bool HasExtensionRanges { get; private set; }

    public bool HasWellKnownTypes { get; private set; }

    public bool HasOptional { get; private set; }

    public bool HasIterable { get; private set; }

    public bool HasMapping { get; private set; }

    public bool HasUnion { get; private set; }

    // As deep as messages nest, which the parser bounds.
    private void Add(DescriptorProto message, string scope)
    {
        var fullName = $"{scope}.{message.Name}";
        HasExtensionRanges |= message.ExtensionRanges.Count > 0;
        HasEnums |= message.EnumTypes.Count > 0;
        HasWellKnownTypes |= WellKnownBases.Has(fullName);
        message.Fields.FindAll(field => !PythonNames.IsKeyword(field.Name!)).ForEach(Add);
        message.NestedTypes.ForEach(nested => Add(nested, fullName));
    }

    private void Add(FieldDescriptorProto field)
    {
        HasOptional = true;
        HasContainers |= field.Label == FieldLabel.Repeated;
        if (_types.FindMap(field) is { } map)
        {
            HasMapping = true;
            HasUnion |= map.Value.Type is FieldType.Message or FieldType.Group or FieldType.Enum;
            return;
        }

        HasIterable |= field.Label == FieldLabel.Repeated;
        HasMapping |= field.Type is FieldType.Message or FieldType.Group;
        HasUnion |= field.Type is FieldType.Message or FieldType.Group or FieldType.Enum;
    }
}
