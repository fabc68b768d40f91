namespace Trunkline.Descriptors;

/// <summary>An edition: a dated set of defaults for the features of the language. Later editions have larger numbers.</summary>
public enum Edition
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>For tests of compilers.</summary>
    TestOnly1 = 1,

    /// <summary>For tests of compilers.</summary>
    TestOnly2 = 2,

    /// <summary>Before editions: the defaults that hold from the start.</summary>
    Legacy = 900,

    /// <summary>The syntax proto2, seen as an edition.</summary>
    Proto2 = 998,

    /// <summary>The syntax proto3, seen as an edition.</summary>
    Proto3 = 999,

    /// <summary>Edition 2023.</summary>
    Edition2023 = 1000,

    /// <summary>Edition 2024.</summary>
    Edition2024 = 1001,

    /// <summary>Edition 2026.</summary>
    Edition2026 = 1002,

    /// <summary>What has no number yet.</summary>
    Unstable = 9999,

    /// <summary>For tests of compilers.</summary>
    TestOnly99997 = 99997,

    /// <summary>For tests of compilers.</summary>
    TestOnly99998 = 99998,

    /// <summary>For tests of compilers.</summary>
    TestOnly99999 = 99999,

    /// <summary>Above every edition.</summary>
    Maximum = 2147483647,
}
