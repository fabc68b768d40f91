namespace Trunkline.Build.Reports;

/// <summary>The codes of findings that are about the build and not about what a <c>.proto</c> file says; none is ever used for another meaning.</summary>
internal static class BuildCodes
{
    /// <summary>A fault of ours.</summary>
    public const string Fault = "TL9000";

    /// <summary>Metadata of an item that cannot be understood.</summary>
    public const string BadItem = "TL9001";

    /// <summary>A file that cannot be read, written or deleted.</summary>
    public const string NotWritten = "TL9002";

    /// <summary>A generator refuses a file or its options.</summary>
    public const string NotGenerated = "TL9003";

    /// <summary>Two files would be generated as one.</summary>
    public const string OutputClash = "TL9004";

    /// <summary>Metadata that looks misspelt or has no effect.</summary>
    public const string OddItem = "TL9005";

    /// <summary>A file that is in the way was not generated.</summary>
    public const string WouldOverwrite = "TL9006";

    // TL9007 and TL9008 are in Trunkline.Build.targets.

    /// <summary>An import inside another owner's file leads to a file that this owner did not mean.</summary>
    public const string ImportShadowed = "TL9009";
}
