using Trunkline.Compiler.Generators.Writing;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>Any number of values in order.</summary>
internal sealed class RepeatedField(FieldContext context, ElementType element) : FieldShape(context, element)
{
    private string Codec => $"_repeated_{Context.Stem}_codec";

    /// <inheritdoc/>
    public override uint WriteTag => Context.Tag(Context.Schema.IsPacked ? WireType.LengthDelimited : Element.Wire);

    /// <summary>Numbers are read in both forms.</summary>
    public override IReadOnlyList<uint> Tags =>
        Element.IsPackable ? [Context.Tag(WireType.LengthDelimited), Context.Tag(Element.Wire)] : [WriteTag];

    /// <inheritdoc/>
    public override string Differ => $"!{Storage}.Equals(other.{Storage})";

    /// <inheritdoc/>
    protected override string PropertyType => $"pbc::RepeatedField<{Element.TypeName}>";

    /// <inheritdoc/>
    public override void WriteCopy(CodeWriter writer) => writer.Line($"{Storage} = other.{Storage}.Clone();");

    /// <inheritdoc/>
    public override void WriteHash(CodeWriter writer) => writer.Line($"hash ^= {Storage}.GetHashCode();");

    /// <inheritdoc/>
    public override void WriteSerialize(CodeWriter writer) => writer.Line($"{Storage}.WriteTo(ref output, {Codec});");

    /// <inheritdoc/>
    public override void WriteSize(CodeWriter writer) => writer.Line($"size += {Storage}.CalculateSize({Codec});");

    /// <inheritdoc/>
    public override void WriteMerge(CodeWriter writer) => writer.Line($"{Storage}.Add(other.{Storage});");

    /// <inheritdoc/>
    public override void WriteParse(CodeWriter writer) => writer.Line($"{Storage}.AddEntriesFrom(ref input, {Codec});");

    /// <inheritdoc/>
    protected override void WriteOwnMembers(CodeWriter writer)
    {
        writer.Line($"private static readonly pb::FieldCodec<{Element.TypeName}> {Codec} = {Element.Codec(WriteTag, withDefault: false)};");
        writer.Line($"private readonly {PropertyType} {Storage} = new {PropertyType}();");
        writer.Line();
        WriteProperty(writer, Storage);
    }

    /// <inheritdoc/>
    protected override string IsSet(string owner) => $"{owner}{Storage}.Count > 0";
}
