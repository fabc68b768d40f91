namespace Trunkline.Descriptors.Schemas;

/// <summary>What follows from a field's type alone.</summary>
internal static class FieldTypes
{
    /// <summary>The kind of the type's values.</summary>
    public static FieldValueKind KindOf(FieldType type) => type switch
    {
        FieldType.Double => FieldValueKind.Double,
        FieldType.Float => FieldValueKind.Float,
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => FieldValueKind.Int64,
        FieldType.UInt64 or FieldType.Fixed64 => FieldValueKind.UInt64,
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => FieldValueKind.Int32,
        FieldType.UInt32 or FieldType.Fixed32 => FieldValueKind.UInt32,
        FieldType.Bool => FieldValueKind.Bool,
        FieldType.String => FieldValueKind.String,
        FieldType.Bytes => FieldValueKind.Bytes,
        FieldType.Enum => FieldValueKind.Enum,
        _ => FieldValueKind.Message,
    };

    /// <summary>How one value of the type is laid out.</summary>
    public static WireType WireTypeOf(FieldType type) => type switch
    {
        FieldType.Fixed32 or FieldType.SFixed32 or FieldType.Float => WireType.Fixed32,
        FieldType.Fixed64 or FieldType.SFixed64 or FieldType.Double => WireType.Fixed64,
        FieldType.String or FieldType.Bytes or FieldType.Message => WireType.LengthDelimited,
        FieldType.Group => WireType.StartGroup,
        _ => WireType.Varint,
    };

    /// <summary>Whether a list of the type can stand behind one length.</summary>
    public static bool CanBePacked(FieldType type)
        => type is not (FieldType.String or FieldType.Bytes or FieldType.Message or FieldType.Group);
}
