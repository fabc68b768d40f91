namespace Trunkline.Descriptors;

/// <summary>Whether repeated numbers share one length.</summary>
public enum RepeatedFieldEncoding
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>They do.</summary>
    Packed = 1,

    /// <summary>Each has its tag.</summary>
    Expanded = 2,
}
