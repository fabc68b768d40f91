namespace Trunkline.Descriptors;

/// <summary>What an option may be set on.</summary>
public enum OptionTargetType
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Files.</summary>
    File = 1,

    /// <summary>Extension ranges.</summary>
    ExtensionRange = 2,

    /// <summary>Messages.</summary>
    Message = 3,

    /// <summary>Fields.</summary>
    Field = 4,

    /// <summary>Oneofs.</summary>
    Oneof = 5,

    /// <summary>Enums.</summary>
    Enum = 6,

    /// <summary>Enum values.</summary>
    EnumEntry = 7,

    /// <summary>Services.</summary>
    Service = 8,

    /// <summary>Methods.</summary>
    Method = 9,
}
