namespace Trunkline.Descriptors;

/// <summary>Choices that the JSON form leaves open.</summary>
public sealed record MessageJsonOptions
{
    /// <summary>Whether to break lines and indent. No by default.</summary>
    public bool Indented { get; init; }

    /// <summary>Whether to print fields without presence, lists and maps that are empty. No by default.</summary>
    public bool IncludesDefaults { get; init; }

    /// <summary>Whether to print names as the <c>.proto</c> has them instead of in lowerCamelCase. No by default. Both are read.</summary>
    public bool UsesProtoNames { get; init; }

    /// <summary>Whether to print numbers of enum values instead of names. No by default. Both are read.</summary>
    public bool PrintsEnumsAsNumbers { get; init; }

    /// <summary>Whether to pass over names, of fields and of enum values, that the schema does not know when reading. No by default.</summary>
    public bool IgnoresUnknownNames { get; init; }
}
