using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Syntax;

namespace Trunkline.Compiler.Importing;

/// <summary>Collects what a descriptor says that no source could say.</summary>
internal sealed class DescriptorFaults(string file, DiagnosticBag diagnostics)
{
    public void Add(string fault) => diagnostics.Add(new MalformedDescriptor(SourceSpan.WholeFile(file), fault));

    /// <summary>A name as a node; a parser would have let none but an identifier through.</summary>
    public NameSyntax NameOf(string? name)
    {
        CheckName(name);
        return new NameSyntax(name ?? "");
    }

    public void CheckName(string? name)
    {
        if (name is not { Length: > 0 })
        {
            Add("Missing name.");
        }
        else if (!name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_') || char.IsAsciiDigit(name[0]))
        {
            Add($"\"{name}\" is not a valid identifier.");
        }
    }
}
