using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>The names that belong to a oneof.</summary>
internal sealed record OneofContext(OneofDescriptorProto Oneof, int[] Path)
{
    /// <summary>The oneof in Pascal case.</summary>
    public string Name { get; } = CSharpNames.Pascal(Oneof.Name!);

    /// <summary>The field that holds the value.</summary>
    public string Storage { get; } = CSharpNames.Camel(Oneof.Name!) + "_";

    /// <summary>The field that holds the case.</summary>
    public string CaseStorage { get; } = CSharpNames.Camel(Oneof.Name!) + "Case_";

    /// <summary>The enum of the cases.</summary>
    public string EnumName => Name + "OneofCase";
}
