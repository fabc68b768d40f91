namespace Trunkline.Descriptors;

/// <summary>How often a field stands in a message.</summary>
public enum FieldLabel
{
    /// <summary>Once or not at all.</summary>
    Optional = 1,

    /// <summary>Once (proto2).</summary>
    Required = 2,

    /// <summary>Any number of times.</summary>
    Repeated = 3,
}
