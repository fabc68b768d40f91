using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>One of the messages of <c>google/protobuf/wrappers.proto</c>, which C# shows as the wrapped value or null.</summary>
internal sealed record WrapperType(ScalarType Inner) : ElementType
{
    /// <inheritdoc/>
    public override string TypeName => Inner.RejectsNull ? Inner.TypeName : Inner.TypeName + "?";

    /// <inheritdoc/>
    public override WireType Wire => WireType.LengthDelimited;

    /// <inheritdoc/>
    public override string Default => "null";

    /// <inheritdoc/>
    public override string Read => throw new InvalidOperationException("A wrapper is read by its codec.");

    /// <summary>The type with its mark for null, which wrapped numbers have in any case.</summary>
    public string Annotated(string maybe) => Inner.RejectsNull ? TypeName + maybe : TypeName;

    private string? NullableBitComparer => Inner.Method switch
    {
        "Double" => "pbc::ProtobufEqualityComparers.BitwiseNullableDoubleEqualityComparer",
        "Float" => "pbc::ProtobufEqualityComparers.BitwiseNullableSingleEqualityComparer",
        _ => null,
    };

    /// <summary>The wrapper of that full name, or null for any other message.</summary>
    public static WrapperType? Find(string fullName) => fullName switch
    {
        "google.protobuf.DoubleValue" => Of(FieldType.Double),
        "google.protobuf.FloatValue" => Of(FieldType.Float),
        "google.protobuf.Int64Value" => Of(FieldType.Int64),
        "google.protobuf.UInt64Value" => Of(FieldType.UInt64),
        "google.protobuf.Int32Value" => Of(FieldType.Int32),
        "google.protobuf.UInt32Value" => Of(FieldType.UInt32),
        "google.protobuf.BoolValue" => Of(FieldType.Bool),
        "google.protobuf.StringValue" => Of(FieldType.String),
        "google.protobuf.BytesValue" => Of(FieldType.Bytes),
        _ => null,
    };

    /// <inheritdoc/>
    public override string Differ(string left, string right) =>
        NullableBitComparer is { } comparer ? $"!{comparer}.Equals({left}, {right})" : base.Differ(left, right);

    /// <inheritdoc/>
    public override string Hash(string value) => NullableBitComparer is { } comparer ? $"{comparer}.GetHashCode({value})" : base.Hash(value);

    /// <inheritdoc/>
    public override string Write(string value) => throw new InvalidOperationException("A wrapper is written by its codec.");

    /// <inheritdoc/>
    public override string Size(string value) => throw new InvalidOperationException("A wrapper is measured by its codec.");

    /// <inheritdoc/>
    public override string Codec(uint tag, bool withDefault) =>
        $"pb::FieldCodec.For{(Inner.RejectsNull ? "Class" : "Struct")}Wrapper<{Inner.TypeName}>({tag})";

    private static WrapperType Of(FieldType type) => new(ScalarType.Plain(type));
}
