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
        foreach (FieldSymbol field in message.Fields)
        {
            if (CheckNumber(field, diagnostics) && !taken.TryAdd(field.Number, field))
            {
                diagnostics.Add(new FieldNumberTaken(
                    field.File.Span(field.Syntax!.Number), field.Number, message.FullName, taken[field.Number].Name, field.File.Span(taken[field.Number].Syntax!.Number), NextFree(message)));
            }
        }
    }

    /// <summary>Checks one number on its own; false after a report. How large that of an extension may be, the ranges of the extended message say.</summary>
    public static bool CheckNumber(FieldSymbol field, DiagnosticBag diagnostics)
    {
        SourceSpan place = field.File.Span(field.Syntax!.Number);
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

    private static int NextFree(MessageSymbol message)
    {
        HashSet<int> used = [.. message.Fields.Select(field => field.Number)];
        int number = 1;
        while (used.Contains(number) || IsReserved(message, number) || number is >= FirstOfImplementation and <= LastOfImplementation)
        {
            number++;
        }

        return number;
    }

    private static bool IsReserved(MessageSymbol message, int number)
        => message.ReservedRanges.Exists(range => range.Start <= number && number < range.End)
            || message.ExtensionRanges.Exists(range => range.Start <= number && number < range.End);
}
