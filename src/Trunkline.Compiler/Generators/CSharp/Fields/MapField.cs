using Trunkline.Compiler.Generators.Writing;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>A map. Each entry travels as a message of key (field 1) and value (field 2).</summary>
internal sealed class MapField(FieldContext context, ElementType key, ElementType value) : FieldShape(context, key)
{
    // The shape's element is the key; the value stands beside it.
    private ElementType Key => Element;

    private string Codec => $"_map_{Context.Stem}_codec";

    /// <inheritdoc/>
    public override uint WriteTag => Context.Tag(WireType.LengthDelimited);

    /// <inheritdoc/>
    public override string Differ => $"!{Storage}.Equals(other.{Storage})";

    /// <inheritdoc/>
    protected override string PropertyType => $"pbc::MapField<{Key.TypeName}, {value.TypeName}>";

    /// <inheritdoc/>
    public override void WriteCopy(CodeWriter writer) => writer.Line($"{Storage} = other.{Storage}.Clone();");

    /// <inheritdoc/>
    public override void WriteHash(CodeWriter writer) => writer.Line($"hash ^= {Storage}.GetHashCode();");

    /// <inheritdoc/>
    public override void WriteSerialize(CodeWriter writer) => writer.Line($"{Storage}.WriteTo(ref output, {Codec});");

    /// <inheritdoc/>
    public override void WriteSize(CodeWriter writer) => writer.Line($"size += {Storage}.CalculateSize({Codec});");

    /// <inheritdoc/>
    public override void WriteMerge(CodeWriter writer) => writer.Line($"{Storage}.MergeFrom(other.{Storage});");

    /// <inheritdoc/>
    public override void WriteParse(CodeWriter writer) => writer.Line($"{Storage}.AddEntriesFrom(ref input, {Codec});");

    /// <inheritdoc/>
    protected override void WriteOwnMembers(CodeWriter writer)
    {
        var keyCodec = Key.Codec((1u << 3) | (uint)Key.Wire, withDefault: true);
        var valueCodec = value.Codec((2u << 3) | (uint)value.Wire, withDefault: true);
        writer.Line($"private static readonly {PropertyType}.Codec {Codec}");
        using (writer.Indent())
        {
            writer.Line($"= new {PropertyType}.Codec({keyCodec}, {valueCodec}, {WriteTag});");
        }

        writer.Line($"private readonly {PropertyType} {Storage} = new {PropertyType}();");
        writer.Line();
        WriteProperty(writer, Storage);
    }

    /// <inheritdoc/>
    protected override string IsSet(string owner) => $"{owner}{Storage}.Count > 0";
}
