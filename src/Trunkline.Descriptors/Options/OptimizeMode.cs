namespace Trunkline.Descriptors;

/// <summary>What generated code is optimized for.</summary>
public enum OptimizeMode
{
    /// <summary>Speed.</summary>
    Speed = 1,

    /// <summary>Size.</summary>
    CodeSize = 2,

    /// <summary>A runtime without descriptors.</summary>
    LiteRuntime = 3,
}
