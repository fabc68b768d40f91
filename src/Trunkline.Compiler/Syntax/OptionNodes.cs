using Trunkline.Descriptors;

namespace Trunkline.Compiler.Syntax;

/// <summary><c>option name = value;</c>, or one entry between square brackets.</summary>
internal class OptionSyntax : SyntaxNode
{
    public List<OptionNamePartSyntax> Name { get; } = [];

    public ValueSyntax Value { get; set; } = null!;

    /// <summary>The name as protoc prints it: <c>(my.option).part</c>.</summary>
    public string DisplayName => string.Join('.', Name.Select(part => part.IsExtension ? $"({part.Text})" : part.Text));
}

/// <summary>All options of an element that comes out of a descriptor set: they have their meaning already. The name is one empty part.</summary>
internal sealed class CarriedOptionsSyntax(DescriptorMessage options) : OptionSyntax
{
    public DescriptorMessage Options { get; } = options;
}

internal sealed class OptionNamePartSyntax(string text, bool isExtension) : SyntaxNode
{
    public string Text { get; } = text;

    public bool IsExtension { get; } = isExtension;
}

/// <summary>Everything between the square brackets of one declaration, in source order.</summary>
internal sealed class CompactOptionsSyntax : SyntaxNode
{
    /// <summary><see cref="OptionSyntax"/>, <see cref="DefaultSyntax"/> and <see cref="JsonNameSyntax"/>.</summary>
    public List<SyntaxNode> Items { get; } = [];
}

/// <summary><c>default = value</c>; the node covers the value alone.</summary>
internal sealed class DefaultSyntax : SyntaxNode
{
    public ValueSyntax Value { get; set; } = null!;
}

internal sealed class JsonNameSyntax : SyntaxNode
{
    public StringSyntax Value { get; set; } = null!;
}
