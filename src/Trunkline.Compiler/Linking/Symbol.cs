using Trunkline.Compiler.Syntax;

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

    /// <summary>The interpreted options in wire form; null when there are none.</summary>
    public byte[]? OptionBytes { get; set; }

    /// <summary>Whether names can be looked up inside this.</summary>
    public virtual bool IsScope => false;

    public virtual bool IsType => false;
}

/// <summary>A package; there is one symbol for all files that share it, and it belongs to the first of them.</summary>
internal sealed class PackageSymbol(FileSymbol file, string name, string fullName) : Symbol(file, name, fullName)
{
    public override bool IsScope => true;
}
