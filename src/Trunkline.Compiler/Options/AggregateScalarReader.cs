using System.Text;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Options;

/// <summary>
/// Reads the values in a message in text form. The text format has its own mind about numbers and booleans: laxer than option statements about words, stricter
/// about the digits of floating-point numbers.
/// </summary>
/// <param name="file">The file that the values stand in.</param>
/// <param name="diagnostics">Takes remarks about values that are taken.</param>
/// <param name="fail">Reports a value that is not taken.</param>
internal sealed class AggregateScalarReader(FileSymbol file, DiagnosticBag diagnostics, Func<SyntaxNode, string, bool> fail)
{
    /// <summary>Reads a value of any type but message; null after a report.</summary>
    public OptionValue? Read(FieldSymbol field, ValueSyntax value)
    {
        FieldType type = field.Type!.Value;
        return type switch
        {
            FieldType.Float or FieldType.Double => ReadNumber(type, value),
            FieldType.Bool => ReadBoolean(field, value),
            FieldType.Enum => ReadEnum(field, value),
            FieldType.String or FieldType.Bytes => ReadText(field, value),
            _ => ReadInteger(type, value),
        };
    }

    /// <summary>What a report says was found.</summary>
    public string FirstTokenOf(SyntaxNode node) => TextOf(node.First);

    private OptionValue? ReadNumber(FieldType type, ValueSyntax value)
    {
        if (IsInteger(value) && NumberText(value) is ['0', _, ..] digits)
        {
            return Fail(value, $"Expect a decimal number, got: {digits}");
        }

        if (OptionValueReader.AsDouble(value) is not { } number)
        {
            return Fail(value, $"Expected double, got: {(value is IdentifierSyntax word ? word.Text.ToLowerInvariant() : FirstTokenOf(value))}");
        }

        // Here, unlike in an option statement, a minus before nan reaches the sign bit.
        bool isNegativeNan = value is IdentifierSyntax { IsNegative: true } && double.IsNaN(number);
        return new OptionValue(NumberRange.ToBits(type, isNegativeNan ? -number : number));
    }

    private OptionValue? ReadInteger(FieldType type, ValueSyntax value)
    {
        NumberRange range = NumberRange.Of(type)!.Value;
        if (!IsInteger(value))
        {
            return Fail(value, $"Expected integer, got: {NumberText(value)}");
        }

        if (range.Least == 0 && FirstTokenOf(value) == "-")
        {
            return Fail(value, "Expected integer, got: -");
        }

        return value is IntegerSyntax number && range.Contains(number.Magnitude, number.IsNegative)
            ? new OptionValue(NumberRange.ToBits(type, number.Magnitude, number.IsNegative))
            : Fail(value, $"Integer out of range ({NumberText(value)})");
    }

    private OptionValue? ReadBoolean(FieldSymbol field, ValueSyntax value)
    {
        switch (value)
        {
            case IntegerSyntax { IsNegative: false } number:
                return number.Magnitude <= 1 ? new OptionValue(number.Magnitude) : Fail(value, $"Integer out of range ({FirstTokenOf(value)})");
            case IdentifierSyntax { IsNegative: false, Text: "true" or "True" or "t" }:
                return new OptionValue(1);
            case IdentifierSyntax { IsNegative: false, Text: "false" or "False" or "f" }:
                return new OptionValue(0);
            case IdentifierSyntax { IsNegative: false } word:
                return Fail(value, $"Invalid value for boolean field \"{field.Name}\". Value: \"{word.Text}\".");
            default:
                return Fail(value, $"Expected identifier, got: {FirstTokenOf(value)}");
        }
    }

    private OptionValue? ReadEnum(FieldSymbol field, ValueSyntax value)
    {
        EnumSymbol type = field.EnumType!;
        switch (value)
        {
            case IdentifierSyntax { IsNegative: false } word:
                return type.FindValue(word.Text) is { } named
                    ? new OptionValue(unchecked((ulong)(long)named.Number))
                    : Fail(value, $"Unknown enumeration value of \"{word.Text}\" for field \"{field.Name}\".");
            case IdentifierSyntax word:
                return Fail(value, $"Expected integer, got: {word.Text}");
            case IntegerSyntax number when NumberRange.Of(FieldType.Int32)!.Value.Contains(number.Magnitude, number.IsNegative):
                return type.IsClosed && !type.Values.Exists(known => known.Number == number.Int32)
                    ? Fail(value, $"Unknown enumeration value of \"{number.Int32}\" for field \"{field.Name}\".")
                    : new OptionValue(NumberRange.ToBits(FieldType.Int32, number.Magnitude, number.IsNegative));
            default:
                return IsInteger(value)
                    ? Fail(value, $"Integer out of range ({NumberText(value)})")
                    : Fail(value, $"Expected integer or identifier, got: {FirstTokenOf(value)}");
        }
    }

    private OptionValue? ReadText(FieldSymbol field, ValueSyntax value)
    {
        if (value is not StringSyntax text)
        {
            return Fail(value, $"Expected string, got: {FirstTokenOf(value)}");
        }

        return OptionValueReader.CheckUtf8(field, text, file.Span(value), diagnostics) ? new OptionValue(0, text.Value) : null;
    }

    /// <summary>Whether the value is written as an integer, be it one that no type can hold.</summary>
    private bool IsInteger(ValueSyntax value)
        => value is IntegerSyntax || (value is FloatSyntax && file.Syntax.Tokens[value.Last].Kind == TokenKind.Integer);

    /// <summary>A number as written, without its minus.</summary>
    private string NumberText(ValueSyntax value) => TextOf(value is AggregateSyntax or ListSyntax ? value.First : value.Last);

    private string TextOf(int token)
    {
        Token found = file.Syntax.Tokens[token];
        return Encoding.UTF8.GetString(file.Syntax.Source.Text.Span.Slice(found.Start, found.Length));
    }

    private OptionValue? Fail(ValueSyntax value, string problem)
    {
        fail(value, problem);
        return null;
    }
}
