namespace Trunkline.Compiler.Syntax;

internal abstract class ValueSyntax : SyntaxNode;

internal sealed class IdentifierSyntax(string text) : ValueSyntax
{
    public string Text { get; } = text;

    /// <summary>Whether a minus stands before it, as in <c>-inf</c>.</summary>
    public bool IsNegative { get; init; }
}

internal sealed class IntegerSyntax(ulong magnitude, bool isNegative) : ValueSyntax
{
    public ulong Magnitude { get; } = magnitude;

    public bool IsNegative { get; } = isNegative;

    /// <summary>The value where the parser has checked that it fits.</summary>
    public int Int32 => IsNegative ? (int)-(long)Magnitude : (int)Magnitude;
}

internal sealed class FloatSyntax(double value) : ValueSyntax
{
    public double Value { get; } = value;
}

/// <summary>One or more adjacent string literals, decoded and joined.</summary>
internal sealed class StringSyntax(byte[] value) : ValueSyntax
{
    public byte[] Value { get; } = value;

    public string Text => System.Text.Encoding.UTF8.GetString(Value);

    public bool IsUtf8 => System.Text.Unicode.Utf8.IsValid(Value);
}

/// <summary><c>{ field: value ... }</c>: a message in text form.</summary>
internal sealed class AggregateSyntax : ValueSyntax
{
    public List<AggregateFieldSyntax> Fields { get; } = [];
}

internal sealed class AggregateFieldSyntax : SyntaxNode
{
    public string Name { get; set; } = "";

    public bool IsExtension { get; set; }

    public bool HasColon { get; set; }

    /// <summary>The part before the last slash of <c>[type.googleapis.com/pkg.Type]</c>; null for anything else.</summary>
    public string? UrlPrefix { get; set; }

    public ValueSyntax Value { get; set; } = null!;
}

/// <summary><c>[a, b, c]</c> inside an aggregate.</summary>
internal sealed class ListSyntax : ValueSyntax
{
    public List<ValueSyntax> Items { get; } = [];
}
