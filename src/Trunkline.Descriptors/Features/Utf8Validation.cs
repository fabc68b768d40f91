namespace Trunkline.Descriptors;

/// <summary>Whether text must be UTF-8.</summary>
public enum Utf8Validation
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>It must.</summary>
    Verify = 2,

    /// <summary>It is not checked.</summary>
    None = 3,
}
