using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Linking;

internal sealed class EnumSymbol(FileSymbol file, string name, string fullName) : Symbol(file, name, fullName)
{
    public required EnumSyntax Syntax { get; init; }

    public MessageSymbol? Parent { get; init; }

    /// <summary>Whether numbers without a name are no values of the enum.</summary>
    public bool IsClosed => Features.EnumType == EnumType.Closed;

    /// <summary>Whether other files may use it.</summary>
    public bool IsExported => SymbolVisibilityRule.IsExported(Syntax.Visibility, Parent, File);

    public List<EnumValueSymbol> Values { get; } = [];

    public List<RangeSyntax> ReservedRanges { get; } = [];

    public List<StringSyntax> ReservedNames { get; } = [];

    public override bool IsScope => true;

    public override bool IsType => true;

    public EnumValueSymbol? FindValue(string name) => Values.Find(value => value.Name == name);

    public EnumValueSymbol? FindValue(int number) => Values.Find(value => value.Number == number);
}

/// <summary>A value's full name is that of a sibling of its enum, not of a child.</summary>
internal sealed class EnumValueSymbol(EnumSymbol parent, string name, string fullName) : Symbol(parent.File, name, fullName)
{
    public required EnumValueSyntax Syntax { get; init; }

    public EnumSymbol Parent { get; } = parent;

    /// <summary>The editions that the value may be used in by options; null for any.</summary>
    public FeatureSupport? Support => OptionBytes is { } options ? EnumValueOptions.Read(options).FeatureSupport : null;

    public int Number { get; init; }
}

internal sealed class ServiceSymbol(FileSymbol file, string name, string fullName) : Symbol(file, name, fullName)
{
    public required ServiceSyntax Syntax { get; init; }

    public List<MethodSymbol> Methods { get; } = [];

    public override bool IsScope => true;
}

internal sealed class MethodSymbol(ServiceSymbol parent, string name) : Symbol(parent.File, name, $"{parent.FullName}.{name}")
{
    public required MethodSyntax Syntax { get; init; }

    public MessageSymbol? Input { get; set; }

    public MessageSymbol? Output { get; set; }
}
