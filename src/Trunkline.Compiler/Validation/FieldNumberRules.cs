using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;

namespace Trunkline.Compiler.Validation;

/// <summary>Which numbers fields may have, and that no two share one.</summary>
internal static class FieldNumberRules
{
    private const int Largest = (1 << 29) - 1;
    private const int FirstOfImplementation = 19000;
    private const int LastOfImplementation = 19999;

    public static void Check(MessageSymbol message, DiagnosticBag diagnostics)
    {
        if (message.IsMapEntry)
        {
            return;
        }

        var taken = new Dictionary<int, FieldSymbol>();
        var nextFree = new Lazy<int>(() => NextFree(message));
        foreach (FieldSymbol field in message.Fields)
        {
            if (CheckNumber(field, diagnostics) && !taken.TryAdd(field.Number, field))
            {
                FieldSymbol other = taken[field.Number];
                diagnostics.Add(new FieldNumberTaken(
                    PlaceOf(field), field.Number, message.FullName, other.Name, PlaceOf(other), nextFree.Value));
            }
        }
    }

    /// <summary>Checks one number on its own; false after a report. How large that of an extension may be, the ranges of the extended message say.</summary>
    public static bool CheckNumber(FieldSymbol field, DiagnosticBag diagnostics)
    {
        SourceSpan place = PlaceOf(field);
        Diagnostic? problem = field.Number switch
        {
            <= 0 => new FieldNumberNotPositive(place),
            > Largest when !field.IsExtension => new FieldNumberTooLarge(place, Largest),
            >= FirstOfImplementation and <= LastOfImplementation => new FieldNumberOfImplementation(place),
            _ => null,
        };
        if (problem is not null)
        {
            diagnostics.Add(problem);
        }

        return problem is null;
    }

    private static SourceSpan PlaceOf(FieldSymbol field) => field.File.Span(field.Syntax!.Number);

    private static int NextFree(MessageSymbol message)
    {
        var taken = new NumberRanges(
        [
            .. message.Fields.Select(field => ((long)field.Number, (long)field.Number)),
            .. message.ReservedRanges.Select(range => ((long)range.Start!.Value, (long)range.End!.Value - 1)),
            .. message.ExtensionRanges.Select(range => ((long)range.Start, (long)range.End - 1)),
            (FirstOfImplementation, LastOfImplementation),
        ]);
        return (int)taken.FirstOutside(1);
    }
}
