namespace Trunkline.Descriptors;

/// <summary>Whether a type must have a JSON form.</summary>
public enum JsonFormat
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>It must: conflicts are errors.</summary>
    Allow = 1,

    /// <summary>Conflicts of old files are warnings.</summary>
    LegacyBestEffort = 2,
}
