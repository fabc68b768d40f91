using System.Globalization;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Options;

/// <summary>
/// Puts the defaults of fields into the text that descriptors carry. The parser has checked those of source files against the keyword of the type; what only the
/// resolved type or the label tells is checked here, and so are those that come out of descriptors.
/// </summary>
internal static class DefaultValues
{
    public static void Resolve(FileSymbol file, DiagnosticBag diagnostics)
    {
        foreach (FieldSymbol field in file.AllFields())
        {
            Resolve(field, diagnostics);
        }
    }

    private static void Resolve(FieldSymbol field, DiagnosticBag diagnostics)
    {
        if (field.DefaultSyntax is not { } syntax || field.Type is not { } type)
        {
            return;
        }

        if (FindProblem(field, type, syntax) is { } problem)
        {
            diagnostics.Add(problem);
            return;
        }

        field.DefaultValue = ToText(type, syntax.Value);
    }

    private static Diagnostic? FindProblem(FieldSymbol field, FieldType type, DefaultSyntax syntax)
    {
        SourceSpan place = field.File.Span(syntax);
        if (field.IsRepeated)
        {
            return new DefaultOnRepeated(place);
        }

        return (type, syntax.Value) switch
        {
            (FieldType.Message or FieldType.Group, _) => new DefaultOnMessage(place),
            (FieldType.Enum, IdentifierSyntax name) => field.EnumType!.FindValue(name.Text) is null
                ? new DefaultOfEnumUnknown(place, field.EnumType.FullName, name.Text)
                : null,
            (FieldType.Enum, _) => new DefaultOfEnumNotIdentifier(place),
            (FieldType.String, StringSyntax { IsUtf8: false }) => new StringNotUtf8(place, $"the default of \"{field.FullName}\""),
            (FieldType.String or FieldType.Bytes, StringSyntax) or (FieldType.Bool, IdentifierSyntax { Text: "true" or "false" }) => null,
            (FieldType.Float or FieldType.Double, var value) when OptionValueReader.AsDouble(value) is not null => null,
            (_, IntegerSyntax number) when NumberRange.Of(type)?.Contains(number.Magnitude, number.IsNegative) == true => null,
            _ => new DefaultDoesNotFit(place, field.FullName),
        };
    }

    private static string? ToText(FieldType type, ValueSyntax value) => (type, value) switch
    {
        (FieldType.Float, _) => FromSingle((float)OptionValueReader.AsDouble(value)!.Value),
        (FieldType.Double, _) => FromDouble(OptionValueReader.AsDouble(value)!.Value),
        (FieldType.Bytes, StringSyntax bytes) => TextFormat.Escape(bytes.Value),
        (_, StringSyntax text) => text.Text,
        (_, IdentifierSyntax word) => word.Text,
        (_, IntegerSyntax integer) => (integer.IsNegative && integer.Magnitude != 0 ? "-" : "") + integer.Magnitude.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string FromDouble(double value)
    {
        string shorter = value.ToString("G15", CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? Lower(double.Parse(shorter, CultureInfo.InvariantCulture) == value ? shorter : value.ToString("G17", CultureInfo.InvariantCulture))
            : Special(value);
    }

    private static string FromSingle(float value)
    {
        // protoc reads a number below the normal ones back as out of range, so it writes all digits.
        string shorter = value.ToString("G6", CultureInfo.InvariantCulture);
        return float.IsFinite(value)
            ? Lower(!float.IsSubnormal(value) && float.Parse(shorter, CultureInfo.InvariantCulture) == value ? shorter : value.ToString("G9", CultureInfo.InvariantCulture))
            : Special(value);
    }

    private static string Special(double value) => double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    private static string Lower(string number) => number.Replace('E', 'e');
}
