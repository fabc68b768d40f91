using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>Reserved numbers and names of messages, extension ranges, and the fields that may not touch them.</summary>
internal static class ReservedRules
{
    public static void Check(MessageSymbol message, DiagnosticBag diagnostics)
    {
        CheckRanges(message, diagnostics);
        CheckExtensionRanges(message, diagnostics);
        HashSet<string> names = CheckNames(message, diagnostics);
        foreach (FieldSymbol field in message.Fields)
        {
            if (message.IsMapEntry)
            {
                continue;
            }

            CheckField(message, field, names, diagnostics);
        }
    }

    private static void CheckRanges(MessageSymbol message, DiagnosticBag diagnostics)
    {
        for (int i = 0; i < message.ReservedRanges.Count; i++)
        {
            ReservedRange range = message.ReservedRanges[i];
            SourceSpan place = message.File.Span(message.ReservedSyntax[i]);
            if (range.Start <= 0)
            {
                diagnostics.Add(new ReservedNumberNotPositive(place));
            }
            else if (range.Start >= range.End)
            {
                diagnostics.Add(new ReservedRangeBackwards(place));
            }
            else if (message.ReservedRanges.Take(i).FirstOrDefault(other => range.Start < other.End && other.Start < range.End) is { } earlier)
            {
                diagnostics.Add(new ReservedRangesOverlap(place, range.Start!.Value, range.End!.Value - 1, earlier.Start!.Value, earlier.End!.Value - 1));
            }
        }
    }

    private static void CheckExtensionRanges(MessageSymbol message, DiagnosticBag diagnostics)
    {
        for (int i = 0; i < message.ExtensionRanges.Count; i++)
        {
            ExtensionRangeSymbol range = message.ExtensionRanges[i];
            if (range.Start <= 0)
            {
                diagnostics.Add(new ExtensionNumberNotPositive(range.NameSpan));
            }
            else if (range.Syntax is { EndsAtMax: false, End.Int32: int.MaxValue })
            {
                // Ranges end one past their last number, and there is no number past this one.
                diagnostics.Add(new ExtensionNumberOutOfBounds(range.NameSpan));
            }
            else if (range.End > SymbolCollector.OnePastLastFieldNumber && !message.IsMessageSet)
            {
                diagnostics.Add(new FieldNumberTooLarge(range.NameSpan, SymbolCollector.OnePastLastFieldNumber - 1, OfExtension: true));
            }
            else if (range.Start >= range.End)
            {
                diagnostics.Add(new ExtensionRangeBackwards(range.NameSpan));
            }
            else if (message.ExtensionRanges.Take(i).FirstOrDefault(other => range.Start < other.End && other.Start < range.End) is { } earlier)
            {
                diagnostics.Add(new ExtensionRangesOverlap(range.NameSpan, range.Start, range.End - 1, "already-defined", earlier.Start, earlier.End - 1));
            }
            else if (message.ReservedRanges.Find(other => range.Start < other.End && other.Start < range.End) is { } reserved)
            {
                diagnostics.Add(new ExtensionRangesOverlap(
                    range.NameSpan, range.Start, range.End - 1, "reserved", reserved.Start!.Value, reserved.End!.Value - 1));
            }
        }
    }

    private static HashSet<string> CheckNames(MessageSymbol message, DiagnosticBag diagnostics)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (StringSyntax name in message.ReservedNames)
        {
            if (!name.IsUtf8)
            {
                diagnostics.Add(new StringNotUtf8(message.File.Span(name), "a reserved name"));
            }
            else if (!names.Add(name.Text))
            {
                diagnostics.Add(new NameReservedTwice(message.File.Span(name), "Field", name.Text));
            }
        }

        return names;
    }

    private static void CheckField(MessageSymbol message, FieldSymbol field, HashSet<string> names, DiagnosticBag diagnostics)
    {
        SourceSpan number = field.File.Span(field.Syntax!.Number);
        if (message.ReservedRanges.Exists(range => range.Start <= field.Number && field.Number < range.End))
        {
            diagnostics.Add(new ReservedNumberUsed(number, field.Name, field.Number));
        }

        if (message.ExtensionRanges.Find(range => range.Start <= field.Number && field.Number < range.End) is { } extensions)
        {
            diagnostics.Add(new FieldInExtensionRange(number, extensions.Start, extensions.End - 1, field.Name, field.Number));
        }

        if (names.Contains(field.Name))
        {
            diagnostics.Add(new ReservedNameUsed(field.NameSpan, field.Name));
        }
    }
}
