namespace Trunkline.Descriptors;

/// <summary>What other files may name unless it says otherwise.</summary>
public enum DefaultSymbolVisibility
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Everything.</summary>
    ExportAll = 1,

    /// <summary>Top-level types.</summary>
    ExportTopLevel = 2,

    /// <summary>Nothing.</summary>
    LocalAll = 3,

    /// <summary>Nothing, and nested types may not be exported but for enums in an otherwise empty message.</summary>
    Strict = 4,
}
