using Trunkline.Compiler.Generators.Writing;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>A field of a oneof. The oneof holds the value as an object and knows by a case whose it is.</summary>
internal sealed class OneofField(FieldContext context, ElementType element, OneofContext oneof) : FieldShape(context, element)
{
    private string Codec => $"_oneof_{Context.Stem}_codec";

    private bool IsNullable => Element is MessageType or WrapperType;

    /// <inheritdoc/>
    protected override string PropertyType => Element switch
    {
        WrapperType wrapper => wrapper.Annotated(Context.File.Maybe),
        MessageType => Element.TypeName + Context.File.Maybe,
        _ => Element.TypeName,
    };

    private string Cast => $"({PropertyType}){oneof.Storage}";

    /// <summary>The case of the field, qualified by its enum.</summary>
    public string Case => $"{oneof.EnumName}.{CaseName}";

    /// <summary>The case of the field; the name None is taken.</summary>
    public string CaseName => string.Equals(Property, "None", StringComparison.Ordinal) ? "None_" : Property;

    /// <summary>Copies the value inside a switch over the case of <c>other</c>.</summary>
    public override void WriteCopy(CodeWriter writer) =>
        writer.Line(Element is MessageType ? $"{Property} = other.{Property}.Clone();" : $"{Property} = other.{Property};");

    /// <summary>Merges the value inside a switch over the case of <c>other</c>.</summary>
    public override void WriteMerge(CodeWriter writer)
    {
        if (Element is not MessageType)
        {
            writer.Line($"{Property} = other.{Property};");
            return;
        }

        writer.Line($"if ({Property} == null) {Property} = new {Element.TypeName}();");
        writer.Line($"{Property}.MergeFrom(other.{Property});");
    }

    /// <inheritdoc/>
    public override void WriteSerialize(CodeWriter writer)
    {
        if (Element is WrapperType)
        {
            writer.Line($"if ({IsSet("")}) {Codec}.WriteTagAndValue(ref output, {Cast});");
            return;
        }

        base.WriteSerialize(writer);
    }

    /// <inheritdoc/>
    public override void WriteSize(CodeWriter writer)
    {
        if (Element is WrapperType)
        {
            writer.Line($"if ({IsSet("")}) size += {Codec}.CalculateSizeWithTag({Property});");
            return;
        }

        base.WriteSize(writer);
    }

    /// <inheritdoc/>
    public override void WriteParse(CodeWriter writer)
    {
        switch (Element)
        {
            case WrapperType:
                writer.Line($"{Property} = {Codec}.Read(ref input);");
                break;
            case MessageType type:
                writer.Line($"{Element.TypeName} message = new {Element.TypeName}();");
                writer.Line($"if ({IsSet("")}) message.MergeFrom({Property});");
                writer.Line(type.ReadInto("message"));
                writer.Line($"{Property} = message;");
                break;
            default:
                base.WriteParse(writer);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void WriteOwnMembers(CodeWriter writer)
    {
        if (Element is WrapperType)
        {
            writer.Line($"private static readonly pb::FieldCodec<{Element.TypeName}> {Codec} = {Element.Codec(WriteTag, withDefault: false)};");
            writer.Line();
        }

        var missing = IsNullable ? $"({PropertyType})null" : Default;
        WriteDefault(writer);
        var newCase = IsNullable ? $"value == null ? {oneof.EnumName}.None : {Case}" : Case;
        WriteProperty(
            writer, $"{IsSet("")} ? {Cast} : {missing}", $"{oneof.Storage} = {CheckedValue};", $"{oneof.CaseStorage} = {newCase};");
        if (!IsNullable || Element is MessageType { IsGroup: true })
        {
            WritePresence(writer, $"{IsSet("")}", $"if ({IsSet("")}) Clear{oneof.Name}();");
        }
    }

    /// <inheritdoc/>
    protected override string IsSet(string owner) => $"{owner}{oneof.CaseStorage} == {Case}";
}
