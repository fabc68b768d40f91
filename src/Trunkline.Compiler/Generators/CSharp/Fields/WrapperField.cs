using Trunkline.Compiler.Generators.Writing;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>A single wrapped value: null is not set.</summary>
internal sealed class WrapperField(FieldContext context, WrapperType element) : FieldShape(context, element)
{
    private string Codec => $"_single_{Context.Stem}_codec";

    /// <inheritdoc/>
    protected override string PropertyType => element.Annotated(Context.File.Maybe);

    /// <inheritdoc/>
    public override void WriteCopy(CodeWriter writer) => writer.Line($"{Storage} = other.{Storage};");

    /// <inheritdoc/>
    public override void WriteSerialize(CodeWriter writer) =>
        writer.Line($"if ({IsSet("")}) {Codec}.WriteTagAndValue(ref output, {Storage});");

    /// <inheritdoc/>
    public override void WriteSize(CodeWriter writer) => writer.Line($"if ({IsSet("")}) size += {Codec}.CalculateSizeWithTag({Storage});");

    /// <inheritdoc/>
    public override void WriteMerge(CodeWriter writer) => WriteMergeOf(writer, $"other.{Storage}", $"{IsSet("other.")} && ");

    /// <inheritdoc/>
    public override void WriteParse(CodeWriter writer)
    {
        writer.Line($"{PropertyType} wrapped = {Codec}.Read(ref input);");
        WriteMergeOf(writer, "wrapped", "");
    }

    /// <inheritdoc/>
    protected override void WriteOwnMembers(CodeWriter writer)
    {
        writer.Line($"private static readonly pb::FieldCodec<{Element.TypeName}> {Codec} = {Element.Codec(WriteTag, withDefault: false)};");
        writer.Line($"private {PropertyType} {Storage};");
        writer.Line();
        WriteProperty(writer, Storage, $"{Storage} = value;");
    }

    /// <inheritdoc/>
    protected override string IsSet(string owner) => $"{owner}{Storage} != null";

    // As messages, wrappers merge: one with the default value does not overwrite one that is set.
    private void WriteMergeOf(CodeWriter writer, string value, string condition)
    {
        var inner = element.Inner;
        var merge = $"{Storage} == null || {value} != {inner.Default}";
        writer.Line(condition.Length == 0 ? $"if ({merge}) {Storage} = {value};" : $"if ({condition}({merge})) {Storage} = {value};");
    }
}
