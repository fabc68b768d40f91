using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>A nested message.</summary>
internal sealed record MessageType(string Name) : ElementType
{
    /// <inheritdoc/>
    public override string TypeName => Name;

    /// <inheritdoc/>
    public override WireType Wire => WireType.LengthDelimited;

    /// <inheritdoc/>
    public override string Default => "null";

    /// <inheritdoc/>
    public override string Read => throw new InvalidOperationException("A message is read in place.");

    /// <inheritdoc/>
    public override string Differ(string left, string right) => $"!object.Equals({left}, {right})";

    /// <inheritdoc/>
    public override string Write(string value) => $"output.WriteMessage({value});";

    /// <inheritdoc/>
    public override string Size(string value) => $"pb::CodedOutputStream.ComputeMessageSize({value})";

    /// <inheritdoc/>
    public override string Codec(uint tag, bool withDefault) => $"pb::FieldCodec.ForMessage({tag}, {TypeName}.Parser)";
}
