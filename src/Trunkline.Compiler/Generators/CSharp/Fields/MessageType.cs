using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>A nested message, behind its length or, as a group, between two tags.</summary>
internal sealed record MessageType(string Name, bool IsGroup) : ElementType
{
    /// <inheritdoc/>
    public override string TypeName => Name;

    /// <inheritdoc/>
    public override WireType Wire => IsGroup ? WireType.StartGroup : WireType.LengthDelimited;

    /// <inheritdoc/>
    public override string Default => "null";

    /// <inheritdoc/>
    public override string Read => throw new InvalidOperationException("A message is read in place.");

    /// <inheritdoc/>
    public override string Differ(string left, string right) => $"!object.Equals({left}, {right})";

    /// <inheritdoc/>
    public override string Write(string value) => $"output.Write{Form}({value});";

    /// <inheritdoc/>
    public override string Size(string value) => $"pb::CodedOutputStream.Compute{Form}Size({value})";

    /// <inheritdoc/>
    public override string Codec(uint tag, bool withDefault) => IsGroup
        ? $"pb::FieldCodec.ForGroup({tag}, {tag + 1}, {TypeName}.Parser)"
        : $"pb::FieldCodec.ForMessage({tag}, {TypeName}.Parser)";

    /// <summary>Reads on top of <paramref name="target"/>.</summary>
    public string ReadInto(string target) => $"input.Read{Form}({target});";

    private string Form => IsGroup ? "Group" : "Message";
}
