using Trunkline.Compiler.Generators.Writing;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>A single value that knows whether it has been set. Text and bytes say so by not being null, all others by a bit.</summary>
internal sealed class OptionalField(FieldContext context, ElementType element, int bit) : FieldShape(context, element)
{
    private string BitField => BitFieldName(bit);

    private string Mask => $"{1u << (bit % 32)}u";

    /// <summary>The field that holds the bit.</summary>
    public static string BitFieldName(int bit) => $"_hasBits{bit / 32}";

    /// <summary>Whether values of the type need a bit.</summary>
    public static bool NeedsBit(ElementType element) => !element.RejectsNull;

    /// <inheritdoc/>
    public override void WriteCopy(CodeWriter writer) => writer.Line($"{Storage} = other.{Storage};");

    /// <inheritdoc/>
    protected override void WriteOwnMembers(CodeWriter writer)
    {
        WriteDefault(writer);
        writer.Line($"private {Element.TypeName}{(NeedsBit(Element) ? "" : Context.File.Maybe)} {Storage};");
        writer.Line();
        if (NeedsBit(Element))
        {
            // A cleared value keeps its storage, so the getter asks the bit.
            WriteProperty(writer, $"Has{Property} ? {Storage} : {Default}", $"{BitField} |= {Mask};", $"{Storage} = value;");
            WritePresence(writer, $"({BitField} & {Mask}) != 0", $"{BitField} &= ~{Mask};");
        }
        else
        {
            WriteProperty(writer, $"{Storage} ?? {Default}", $"{Storage} = {CheckedValue};");
            WritePresence(writer, $"{Storage} != null", $"{Storage} = null;");
        }
    }

    /// <summary>
    /// Messages that differ only in whether the field is set are equal, as with protoc. So the default, set or not, adds nothing to the hash.
    /// </summary>
    public override void WriteHash(CodeWriter writer) => writer.Line($"if ({Element.IsNotDefault(Property, Default)}) hash ^= {Element.Hash(Property)};");

    /// <inheritdoc/>
    protected override string IsSet(string owner) => $"{owner}Has{Property}";
}
