using Trunkline.Compiler.Generators.Writing;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>A single value without presence: the default value counts as not set.</summary>
internal sealed class ImplicitField(FieldContext context, ElementType element) : FieldShape(context, element)
{
    /// <inheritdoc/>
    public override void WriteCopy(CodeWriter writer) => writer.Line($"{Storage} = other.{Storage};");

    /// <inheritdoc/>
    protected override void WriteOwnMembers(CodeWriter writer)
    {
        writer.Line($"private {Element.TypeName} {Storage} = {Element.Default};");
        writer.Line();
        WriteProperty(writer, Storage, $"{Storage} = {CheckedValue};");
    }

    /// <inheritdoc/>
    protected override string IsSet(string owner) => Element.IsNotDefault(owner + Property, Element.Default);
}
