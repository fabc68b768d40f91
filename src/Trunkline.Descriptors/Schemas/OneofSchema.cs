using Trunkline.Descriptors.Schemas;

namespace Trunkline.Descriptors;

/// <summary>A oneof of a message, linked: at most one of its fields is set.</summary>
public sealed class OneofSchema
{
    private readonly List<FieldSchema> _fields = [];

    internal OneofSchema(OneofDescriptorProto descriptor, FeatureValues features)
    {
        Descriptor = descriptor;
        Features = features;
    }

    /// <summary>The descriptor.</summary>
    public OneofDescriptorProto Descriptor { get; }

    /// <summary>The simple name.</summary>
    public string Name => Descriptor.Name!;

    /// <summary>The fields, in source order.</summary>
    public IReadOnlyList<FieldSchema> Fields => _fields;

    /// <summary>Whether the oneof was made for an <c>optional</c> field of proto3.</summary>
    public bool IsSynthetic => _fields is [{ Descriptor.Proto3Optional: true }];

    internal FeatureValues Features { get; }

    /// <summary>The simple name.</summary>
    public override string ToString() => Name;

    internal void Add(FieldSchema field) => _fields.Add(field);
}
