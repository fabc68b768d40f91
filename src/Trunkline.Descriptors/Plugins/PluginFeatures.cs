namespace Trunkline.Descriptors;

/// <summary>What a plugin knows beside proto2 and proto3.</summary>
[Flags]
public enum PluginFeatures
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary><c>optional</c> in proto3.</summary>
    Proto3Optional = 1,

    /// <summary>Editions.</summary>
    SupportsEditions = 2,
}
