using Trunkline.Compiler.Generators.Writing;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>A single nested message: null is not set.</summary>
internal sealed class MessageField(FieldContext context, ElementType element) : FieldShape(context, element)
{
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
        writer.Line($"input.ReadMessage({Storage});");
    }

    /// <inheritdoc/>
    protected override void WriteOwnMembers(CodeWriter writer)
    {
        writer.Line($"private {Element.TypeName} {Storage};");
        writer.Line();
        WriteProperty(writer, Storage, $"{Storage} = value;");
    }

    /// <inheritdoc/>
    protected override string IsSet(string owner) => $"{owner}{Storage} != null";
}
