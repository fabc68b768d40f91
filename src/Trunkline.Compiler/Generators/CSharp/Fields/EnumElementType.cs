using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>A value of an enum; unknown numbers are kept as they are.</summary>
internal sealed record EnumElementType(EnumEntry Entry, int DefaultNumber) : ElementType
{
    /// <summary>The enum as the type of a field.</summary>
    public static EnumElementType Of(EnumEntry entry, FieldSchema field) => new(entry, field.IsRepeated ? 0 : field.DefaultValue.AsEnum());

    /// <inheritdoc/>
    public override string TypeName => Entry.TypeName;

    /// <inheritdoc/>
    public override WireType Wire => WireType.Varint;

    /// <inheritdoc/>
    public override string Default => Entry.MemberOf(DefaultNumber);

    /// <inheritdoc/>
    public override bool IsPackable => true;

    /// <inheritdoc/>
    public override string Read => $"({TypeName})input.ReadEnum()";

    /// <inheritdoc/>
    public override string Write(string value) => $"output.WriteEnum((int){value});";

    /// <inheritdoc/>
    public override string Size(string value) => $"pb::CodedOutputStream.ComputeEnumSize((int){value})";

    /// <inheritdoc/>
    public override string Codec(uint tag, bool withDefault)
    {
        var conversions = $"value => (int)value, number => ({TypeName})number";
        return withDefault ? $"pb::FieldCodec.ForEnum({tag}, {conversions}, {Default})" : $"pb::FieldCodec.ForEnum({tag}, {conversions})";
    }
}
