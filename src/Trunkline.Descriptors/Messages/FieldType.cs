namespace Trunkline.Descriptors;

/// <summary>The type of a field.</summary>
public enum FieldType
{
    /// <summary>64-bit floating point.</summary>
    Double = 1,

    /// <summary>32-bit floating point.</summary>
    Float = 2,

    /// <summary>64-bit signed, varint.</summary>
    Int64 = 3,

    /// <summary>64-bit unsigned, varint.</summary>
    UInt64 = 4,

    /// <summary>32-bit signed, varint.</summary>
    Int32 = 5,

    /// <summary>64-bit unsigned, eight bytes.</summary>
    Fixed64 = 6,

    /// <summary>32-bit unsigned, four bytes.</summary>
    Fixed32 = 7,

    /// <summary>Truth value.</summary>
    Bool = 8,

    /// <summary>Text.</summary>
    String = 9,

    /// <summary>A message between delimiters.</summary>
    Group = 10,

    /// <summary>A message behind its length.</summary>
    Message = 11,

    /// <summary>Bytes.</summary>
    Bytes = 12,

    /// <summary>32-bit unsigned, varint.</summary>
    UInt32 = 13,

    /// <summary>An enum.</summary>
    Enum = 14,

    /// <summary>32-bit signed, four bytes.</summary>
    SFixed32 = 15,

    /// <summary>64-bit signed, eight bytes.</summary>
    SFixed64 = 16,

    /// <summary>32-bit signed, zigzag varint.</summary>
    SInt32 = 17,

    /// <summary>64-bit signed, zigzag varint.</summary>
    SInt64 = 18,
}
