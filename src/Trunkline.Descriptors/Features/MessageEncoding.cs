namespace Trunkline.Descriptors;

/// <summary>How a nested message is bounded.</summary>
public enum MessageEncoding
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>By a length in front.</summary>
    LengthPrefixed = 1,

    /// <summary>By a start and an end tag.</summary>
    Delimited = 2,
}
