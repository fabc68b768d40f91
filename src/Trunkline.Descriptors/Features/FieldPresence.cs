namespace Trunkline.Descriptors;

/// <summary>Whether a field knows that it has been set.</summary>
public enum FieldPresence
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>It does.</summary>
    Explicit = 1,

    /// <summary>It does not: the default value counts as not set.</summary>
    Implicit = 2,

    /// <summary>It does and must be set.</summary>
    LegacyRequired = 3,
}
