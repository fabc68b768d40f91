using Trunkline.Descriptors.Text;

namespace Trunkline.Descriptors.Json;

/// <summary>The forms that types of <c>google/protobuf</c> have instead of an object with their fields.</summary>
internal enum WellKnownForm
{
    None,
    Any,
    Timestamp,
    Duration,
    FieldMask,
    Struct,
    Value,
    ListValue,
    Wrapper,
}

/// <summary>Tells which types have a form of their own: by name, and by the fields that the form needs, since anybody may declare that name.</summary>
internal static class WellKnownForms
{
    private const string ValueType = "google.protobuf.Value";

    public static WellKnownForm Of(MessageSchema schema)
    {
        var form = schema.FullName switch
        {
            "google.protobuf.Any" => WellKnownForm.Any,
            "google.protobuf.Timestamp" => WellKnownForm.Timestamp,
            "google.protobuf.Duration" => WellKnownForm.Duration,
            "google.protobuf.FieldMask" => WellKnownForm.FieldMask,
            "google.protobuf.Struct" => WellKnownForm.Struct,
            ValueType => WellKnownForm.Value,
            "google.protobuf.ListValue" => WellKnownForm.ListValue,
            "google.protobuf.DoubleValue" or "google.protobuf.FloatValue" or "google.protobuf.Int64Value" or "google.protobuf.UInt64Value"
                or "google.protobuf.Int32Value" or "google.protobuf.UInt32Value" or "google.protobuf.BoolValue" or "google.protobuf.StringValue"
                or "google.protobuf.BytesValue" => WellKnownForm.Wrapper,
            _ => WellKnownForm.None,
        };
        return form != WellKnownForm.None && HasFields(schema, form) ? form : WellKnownForm.None;
    }

    /// <summary>Whether null is a value of the field instead of saying that it is not set.</summary>
    public static bool TakesNull(FieldSchema field) => IsNullEnum(field) || field.Message?.FullName == ValueType;

    /// <summary>Whether the field's enum is the one whose only value is null.</summary>
    public static bool IsNullEnum(FieldSchema field) => field.Enum?.FullName == "google.protobuf.NullValue";

    private static bool HasFields(MessageSchema schema, WellKnownForm form) => form switch
    {
        WellKnownForm.Any => AnyContent.TryFindFields(schema, out _, out _),
        WellKnownForm.Timestamp or WellKnownForm.Duration => IsSingle(schema, 1, FieldValueKind.Int64) && IsSingle(schema, 2, FieldValueKind.Int32),
        WellKnownForm.FieldMask => schema.FindField(1) is { IsRepeated: true, Kind: FieldValueKind.String },
        WellKnownForm.Struct => schema.FindField(1) is { IsMap: true } map
            && map.Message!.MapKey.Kind == FieldValueKind.String && map.Message.MapValue.Message?.FullName == ValueType,
        WellKnownForm.ListValue => schema.FindField(1) is { IsRepeated: true, IsMap: false } list && list.Message?.FullName == ValueType,
        WellKnownForm.Value => IsSingle(schema, 1, FieldValueKind.Enum) && IsSingle(schema, 2, FieldValueKind.Double)
            && IsSingle(schema, 3, FieldValueKind.String) && IsSingle(schema, 4, FieldValueKind.Bool)
            && IsSingle(schema, 5, FieldValueKind.Message) && IsSingle(schema, 6, FieldValueKind.Message),
        _ => schema.FindField(1) is { IsRepeated: false, Kind: not FieldValueKind.Message },
    };

    private static bool IsSingle(MessageSchema schema, int number, FieldValueKind kind)
        => schema.FindField(number) is { IsRepeated: false } field && field.Kind == kind;
}
