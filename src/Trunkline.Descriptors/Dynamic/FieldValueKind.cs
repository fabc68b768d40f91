namespace Trunkline.Descriptors;

/// <summary>What a <see cref="FieldValue"/> holds. Types that differ only on the wire share a kind.</summary>
public enum FieldValueKind
{
    /// <summary>Nothing: the value that <c>default</c> makes.</summary>
    None,

    /// <summary>32-bit signed.</summary>
    Int32,

    /// <summary>64-bit signed.</summary>
    Int64,

    /// <summary>32-bit unsigned.</summary>
    UInt32,

    /// <summary>64-bit unsigned.</summary>
    UInt64,

    /// <summary>32-bit floating point.</summary>
    Float,

    /// <summary>64-bit floating point.</summary>
    Double,

    /// <summary>Truth value.</summary>
    Bool,

    /// <summary>Text.</summary>
    String,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>The number of an enum value.</summary>
    Enum,

    /// <summary>A message.</summary>
    Message,
}
