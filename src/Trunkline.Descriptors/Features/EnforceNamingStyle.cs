namespace Trunkline.Descriptors;

/// <summary>Which style guide names must follow.</summary>
public enum EnforceNamingStyle
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>That of edition 2024.</summary>
    Style2024 = 1,

    /// <summary>None.</summary>
    StyleLegacy = 2,

    /// <summary>That of edition 2026.</summary>
    Style2026 = 3,
}
