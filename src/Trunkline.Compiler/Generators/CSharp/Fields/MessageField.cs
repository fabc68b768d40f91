using Trunkline.Compiler.Generators.Writing;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>A single nested message: null is not set. Groups say so by members of their own as well.</summary>
internal sealed class MessageField(FieldContext context, MessageType element) : FieldShape(context, element)
{
    /// <inheritdoc/>
    protected override string PropertyType => Element.TypeName + Context.File.Maybe;

    /// <inheritdoc/>
    public override void WriteCopy(CodeWriter writer) =>
        writer.Line($"{Storage} = other.{Storage} != null ? other.{Storage}.Clone() : null;");

    /// <inheritdoc/>
    public override void WriteMerge(CodeWriter writer)
    {
        using (writer.Block($"if ({IsSet("other.")})"))
        {
            writer.Line($"if ({Storage} == null) {Storage} = new {Element.TypeName}();");
            writer.Line($"{Storage}.MergeFrom(other.{Storage});");
        }
    }

    /// <inheritdoc/>
    public override void WriteParse(CodeWriter writer)
    {
        writer.Line($"if ({Storage} == null) {Storage} = new {Element.TypeName}();");
        writer.Line(element.ReadInto(Storage));
    }

    /// <inheritdoc/>
    protected override void WriteOwnMembers(CodeWriter writer)
    {
        writer.Line($"private {PropertyType} {Storage};");
        writer.Line();
        WriteProperty(writer, Storage, $"{Storage} = value;");
        if (element.IsGroup)
        {
            WritePresence(writer, $"{Storage} != null", $"{Storage} = null;");
        }
    }

    /// <inheritdoc/>
    protected override string IsSet(string owner) => $"{owner}{Storage} != null";
}
