namespace Trunkline.Descriptors;

/// <summary>Whether unknown numbers are values of an enum.</summary>
public enum EnumType
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>They are.</summary>
    Open = 1,

    /// <summary>They are not: they go to the unknown fields.</summary>
    Closed = 2,
}
