using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>A value of an enum; unknown numbers are kept as they are.</summary>
internal sealed record EnumElementType(EnumEntry Entry) : ElementType
{
    /// <inheritdoc/>
    public override string TypeName => Entry.TypeName;

    /// <inheritdoc/>
    public override WireType Wire => WireType.Varint;

    /// <inheritdoc/>
    public override string Default => Entry.DefaultValue;

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
