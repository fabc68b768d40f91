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
        var reserved = new NumberRanges(message.ReservedRanges.Select(range => ((long)range.Start!.Value, (long)range.End!.Value - 1)));
        var extensions = new NumberRanges(message.ExtensionRanges.Select(range => ((long)range.Start, (long)range.End - 1)));
        CheckRanges(message, reserved, diagnostics);
        CheckExtensionRanges(message, extensions, diagnostics);
        Dictionary<string, StringSyntax> names = CheckNames(message, diagnostics);
        if (message.IsMapEntry)
        {
            return;
        }

        foreach (FieldSymbol field in message.Fields.TakeWhile(_ => !diagnostics.IsFull))
        {
            if (reserved.Contains(field.Number) || extensions.Contains(field.Number))
            {
                CheckNumber(message, field, diagnostics);
            }

            if (names.TryGetValue(field.Name, out StringSyntax? name))
            {
                diagnostics.Add(new ReservedNameUsed(field.NameSpan, field.Name, message.File.Span(name)));
            }
        }
    }

    private static void CheckRanges(MessageSymbol message, NumberRanges ranges, DiagnosticBag diagnostics)
    {
        for (int i = 0; i < message.ReservedRanges.Count; i++)
        {
            ReservedRange range = message.ReservedRanges[i];
            if (range.Start <= 0)
            {
                diagnostics.Add(new ReservedNumberNotPositive(message.File.Span(message.ReservedSyntax[i])));
            }
            else if (range.Start >= range.End)
            {
                diagnostics.Add(new ReservedRangeBackwards(message.File.Span(message.ReservedSyntax[i])));
            }
        }

        foreach ((int later, int earlier) in ranges.FindOverlaps().Where(pair => message.ReservedRanges[pair.Later].Start > 0).TakeWhile(_ => !diagnostics.IsFull))
        {
            ReservedRange range = message.ReservedRanges[later];
            ReservedRange other = message.ReservedRanges[earlier];
            diagnostics.Add(new ReservedRangesOverlap(
                message.File.Span(message.ReservedSyntax[later]),
                range.Start!.Value,
                range.End!.Value - 1,
                other.Start!.Value,
                other.End!.Value - 1,
                message.File.Span(message.ReservedSyntax[earlier])));
        }
    }

    private static void CheckExtensionRanges(MessageSymbol message, NumberRanges ranges, DiagnosticBag diagnostics)
    {
        Dictionary<int, int> overlaps = ranges.FindOverlaps().Take(DiagnosticBag.MostPerFile).ToDictionary(pair => pair.Later, pair => pair.Earlier);
        for (int i = 0; i < message.ExtensionRanges.Count && !diagnostics.IsFull; i++)
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
            else if (overlaps.TryGetValue(i, out int earlier))
            {
                ExtensionRangeSymbol other = message.ExtensionRanges[earlier];
                diagnostics.Add(new ExtensionRangesOverlap(range.NameSpan, range.Start, range.End - 1, "already-defined", other.Start, other.End - 1, other.NameSpan));
            }
            else if (message.ReservedRanges.FindIndex(other => range.Start < other.End && other.Start < range.End) is >= 0 and var reserved)
            {
                ReservedRange other = message.ReservedRanges[reserved];
                diagnostics.Add(new ExtensionRangesOverlap(
                    range.NameSpan, range.Start, range.End - 1, "reserved", other.Start!.Value, other.End!.Value - 1, message.File.Span(message.ReservedSyntax[reserved])));
            }
        }
    }

    private static Dictionary<string, StringSyntax> CheckNames(MessageSymbol message, DiagnosticBag diagnostics)
    {
        var names = new Dictionary<string, StringSyntax>(StringComparer.Ordinal);
        foreach (StringSyntax name in message.ReservedNames)
        {
            if (!name.IsUtf8)
            {
                diagnostics.Add(new StringNotUtf8(message.File.Span(name), "a reserved name"));
            }
            else if (!names.TryAdd(name.Text, name))
            {
                diagnostics.Add(new NameReservedTwice(message.File.Span(name), "Field", name.Text, message.File.Span(names[name.Text])));
            }
        }

        return names;
    }

    private static void CheckNumber(MessageSymbol message, FieldSymbol field, DiagnosticBag diagnostics)
    {
        SourceSpan number = field.File.Span(field.Syntax!.Number);
        int reserved = message.ReservedRanges.FindIndex(range => range.Start <= field.Number && field.Number < range.End);
        if (reserved >= 0)
        {
            diagnostics.Add(new ReservedNumberUsed(number, field.Name, field.Number, message.File.Span(message.ReservedSyntax[reserved])));
        }

        if (message.ExtensionRanges.Find(range => range.Start <= field.Number && field.Number < range.End) is { } extensions)
        {
            diagnostics.Add(new FieldInExtensionRange(number, extensions.Start, extensions.End - 1, field.Name, field.Number, extensions.NameSpan));
        }
    }
}
