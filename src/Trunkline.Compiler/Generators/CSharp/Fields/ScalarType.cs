using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>Numbers, truth values, text and bytes.</summary>
internal sealed record ScalarType(string Name, string Method, string DefaultLiteral, WireType WireForm, int FixedSize = 0) : ElementType
{
    private const string Comparers = "pbc::ProtobufEqualityComparers";

    private static readonly Dictionary<FieldType, ScalarType> All = new()
    {
        [FieldType.Double] = new("double", "Double", "0D", WireType.Fixed64, 8),
        [FieldType.Float] = new("float", "Float", "0F", WireType.Fixed32, 4),
        [FieldType.Int64] = new("long", "Int64", "0L", WireType.Varint),
        [FieldType.UInt64] = new("ulong", "UInt64", "0UL", WireType.Varint),
        [FieldType.Int32] = new("int", "Int32", "0", WireType.Varint),
        [FieldType.Fixed64] = new("ulong", "Fixed64", "0UL", WireType.Fixed64, 8),
        [FieldType.Fixed32] = new("uint", "Fixed32", "0", WireType.Fixed32, 4),
        [FieldType.Bool] = new("bool", "Bool", "false", WireType.Varint, 1),
        [FieldType.String] = new("string", "String", "\"\"", WireType.LengthDelimited),
        [FieldType.Bytes] = new("pb::ByteString", "Bytes", "pb::ByteString.Empty", WireType.LengthDelimited),
        [FieldType.UInt32] = new("uint", "UInt32", "0", WireType.Varint),
        [FieldType.SFixed32] = new("int", "SFixed32", "0", WireType.Fixed32, 4),
        [FieldType.SFixed64] = new("long", "SFixed64", "0L", WireType.Fixed64, 8),
        [FieldType.SInt32] = new("int", "SInt32", "0", WireType.Varint),
        [FieldType.SInt64] = new("long", "SInt64", "0L", WireType.Varint),
    };

    /// <inheritdoc/>
    public override string TypeName => Name;

    /// <inheritdoc/>
    public override WireType Wire => WireForm;

    /// <inheritdoc/>
    public override string Default => DefaultLiteral;

    /// <inheritdoc/>
    public override bool RejectsNull => WireForm == WireType.LengthDelimited;

    /// <inheritdoc/>
    public override bool IsPackable => WireForm != WireType.LengthDelimited;

    /// <inheritdoc/>
    public override string Read => $"input.Read{Method}()";

    // Floating-point numbers are compared by their bits: NaN equals itself, and the two zeros differ.
    private string? BitComparer => Method switch
    {
        "Double" => $"{Comparers}.BitwiseDoubleEqualityComparer",
        "Float" => $"{Comparers}.BitwiseSingleEqualityComparer",
        _ => null,
    };

    /// <summary>The scalar of that type, with zero as its default.</summary>
    public static ScalarType Plain(FieldType type) => All[type];

    /// <summary>The type of the values of a field, with the default that the field declares.</summary>
    public static ScalarType Of(FieldSchema field) => field.IsRepeated || field.Descriptor.DefaultValue is null
        ? All[field.Type]
        : All[field.Type] with { DefaultLiteral = Literals.Of(field.DefaultValue) };

    /// <inheritdoc/>
    public override string IsNotDefault(string value, string defaultValue) =>
        RejectsNull && this == All[Method == "String" ? FieldType.String : FieldType.Bytes] ? $"{value}.Length != 0" : base.IsNotDefault(value, defaultValue);

    /// <inheritdoc/>
    public override string Differ(string left, string right) =>
        BitComparer is { } comparer ? $"!{comparer}.Equals({left}, {right})" : base.Differ(left, right);

    /// <inheritdoc/>
    public override string Hash(string value) => BitComparer is { } comparer ? $"{comparer}.GetHashCode({value})" : base.Hash(value);

    /// <inheritdoc/>
    public override string Write(string value) => $"output.Write{Method}({value});";

    /// <inheritdoc/>
    public override string Size(string value) => FixedSize > 0 ? $"{FixedSize}" : $"pb::CodedOutputStream.Compute{Method}Size({value})";

    /// <inheritdoc/>
    public override string Codec(uint tag, bool withDefault) =>
        withDefault ? $"pb::FieldCodec.For{Method}({tag}, {Default})" : $"pb::FieldCodec.For{Method}({tag})";
}
