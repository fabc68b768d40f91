namespace Trunkline.Descriptors;

/// <summary>How a field's value is laid out: the low three bits of its tag.</summary>
public enum WireType
{
    /// <summary>A base-128 number of one to ten bytes.</summary>
    Varint = 0,

    /// <summary>Eight bytes, least significant first.</summary>
    Fixed64 = 1,

    /// <summary>A length as a varint, then that many bytes.</summary>
    LengthDelimited = 2,

    /// <summary>Fields follow until the matching <see cref="EndGroup"/>.</summary>
    StartGroup = 3,

    /// <summary>Closes the group of the same field number.</summary>
    EndGroup = 4,

    /// <summary>Four bytes, least significant first.</summary>
    Fixed32 = 5,
}
