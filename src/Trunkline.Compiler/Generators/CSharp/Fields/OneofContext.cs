using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>The names that belong to a oneof.</summary>
/// <param name="Oneof">The descriptor.</param>
/// <param name="Name">What the names of its members are made of.</param>
/// <param name="Path">The way to the oneof in its file, for its comments.</param>
internal sealed record OneofContext(OneofDescriptorProto Oneof, string Name, int[] Path)
{
    /// <summary>The field that holds the value.</summary>
    public string Storage { get; } = "_oneof_" + Name;

    /// <summary>The field that holds the case.</summary>
    public string CaseStorage { get; } = "_case_" + Name;

    /// <summary>The enum of the cases.</summary>
    public string EnumName => Name + "OneofCase";
}
