using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Linking;

/// <summary>Something with a full name. Symbols form the linked model: what the tree says, with every name resolved.</summary>
internal abstract class Symbol(FileSymbol file, string name, string fullName)
{
    public FileSymbol File { get; } = file;

    public string Name { get; } = name;

    public string FullName { get; } = fullName;

    /// <summary>Where diagnostics about the whole thing point.</summary>
    public SourceSpan NameSpan { get; init; }

    /// <summary>The options as written, in source order.</summary>
    public List<OptionSyntax> OptionSyntax { get; } = [];

    /// <summary>The interpreted options in wire form, without those that are for the compiler alone; null when there are none.</summary>
    public byte[]? OptionBytes { get; set; }

    /// <summary>The interpreted options in wire form, those for the compiler alone included, statement by statement; null when there are none.</summary>
    public byte[]? RetainedOptionBytes { get; set; }

    /// <summary>The features that are set on this very element; null when there are none.</summary>
    public FeatureSet? OwnFeatures
    {
        get;
        set
        {
            field = value;
            File.SetsFeatures |= value is not null;
        }
    }

    /// <summary>The features that hold for the element: its own, then those of the elements around it, then those of the edition.</summary>
    public FeatureSet Features
    {
        get => field ?? File.EditionFeatures;
        set;
    }

    /// <summary>Whether names can be looked up inside this.</summary>
    public virtual bool IsScope => false;

    public virtual bool IsType => false;
}

/// <summary>A package; there is one symbol for all files that share it, and it belongs to the first of them.</summary>
internal sealed class PackageSymbol(FileSymbol file, string name, string fullName) : Symbol(file, name, fullName)
{
    public override bool IsScope => true;
}
