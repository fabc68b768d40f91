using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>Values of enums: that there are some, that numbers are shared on purpose only, that reserved ones stay free.</summary>
internal static class EnumRules
{
    public static void Check(EnumSymbol type, DiagnosticBag diagnostics)
    {
        if (type.Values.Count == 0)
        {
            diagnostics.Add(new EnumEmpty(type.NameSpan));
            return;
        }

        if (!type.IsClosed && type.Values[0].Number != 0)
        {
            diagnostics.Add(new FirstEnumValueNotZero(type.File.Span(type.Values[0].Syntax.Number)));
        }

        CheckAliases(type, diagnostics);
        CheckReserved(type, diagnostics);
        CheckAlikeNames(type, diagnostics);
    }

    private static void CheckAliases(EnumSymbol type, DiagnosticBag diagnostics)
    {
        OptionSyntax? option = type.OptionSyntax.Find(candidate => candidate.Name is [{ IsExtension: false, Text: "allow_alias" }]);
        bool allowsAliases = option is { Value: IdentifierSyntax { Text: "true" } };
        if (option is { Value: IdentifierSyntax { Text: "false" } })
        {
            diagnostics.Add(new AllowAliasFalse(type.File.Span(option), type.Name));
        }

        var byNumber = new Dictionary<int, EnumValueSymbol>();
        int largest = type.Values.Max(value => value.Number);
        bool hasAliases = false;
        foreach (EnumValueSymbol value in type.Values)
        {
            if (byNumber.TryAdd(value.Number, value))
            {
                continue;
            }

            hasAliases = true;
            if (!allowsAliases)
            {
                EnumValueSymbol other = byNumber[value.Number];
                diagnostics.Add(new AliasNotAllowed(
                    type.File.Span(value.Syntax.Number), value.FullName, other.FullName, type.File.Span(other.Syntax.Number), largest == int.MaxValue ? null : largest + 1));
            }
        }

        if (allowsAliases && !hasAliases)
        {
            diagnostics.Add(new NoAliases(type.File.Span(option!), type.Name));
        }
    }

    private static void CheckReserved(EnumSymbol type, DiagnosticBag diagnostics)
    {
        var ranges = new NumberRanges(type.ReservedRanges.Select(range => ((long)range.Start.Int32, (long)range.End.Int32)));
        foreach (RangeSyntax range in type.ReservedRanges.Where(range => range.Start.Int32 > range.End.Int32))
        {
            diagnostics.Add(new ReservedRangeBackwards(type.File.Span(range)));
        }

        foreach ((int later, int earlier) in ranges.FindOverlaps().TakeWhile(_ => !diagnostics.IsFull))
        {
            RangeSyntax range = type.ReservedRanges[later];
            RangeSyntax other = type.ReservedRanges[earlier];
            diagnostics.Add(new ReservedRangesOverlap(
                type.File.Span(range), range.Start.Int32, range.End.Int32, other.Start.Int32, other.End.Int32, type.File.Span(other)));
        }

        var names = new Dictionary<string, StringSyntax>(StringComparer.Ordinal);
        foreach (StringSyntax name in type.ReservedNames)
        {
            if (!name.IsUtf8)
            {
                diagnostics.Add(new StringNotUtf8(type.File.Span(name), "a reserved name"));
            }
            else if (!names.TryAdd(name.Text, name))
            {
                diagnostics.Add(new NameReservedTwice(type.File.Span(name), "Enum value", name.Text, type.File.Span(names[name.Text])));
            }
        }

        foreach (EnumValueSymbol value in type.Values.TakeWhile(_ => !diagnostics.IsFull))
        {
            if (ranges.Contains(value.Number))
            {
                RangeSyntax range = type.ReservedRanges.Find(range => range.Start.Int32 <= value.Number && value.Number <= range.End.Int32)!;
                diagnostics.Add(new ReservedNumberUsed(type.File.Span(value.Syntax.Number), value.Name, value.Number, type.File.Span(range), OfEnum: true));
            }

            if (names.TryGetValue(value.Name, out StringSyntax? name))
            {
                diagnostics.Add(new ReservedNameUsed(value.NameSpan, value.Name, type.File.Span(name), OfEnum: true));
            }
        }
    }

    /// <summary>Generators drop the enum's name from the front of its values; what is left, compared without case, must still tell them apart.</summary>
    private static void CheckAlikeNames(EnumSymbol type, DiagnosticBag diagnostics)
    {
        var seen = new Dictionary<string, EnumValueSymbol>(StringComparer.Ordinal);
        foreach (EnumValueSymbol value in type.Values)
        {
            string name = WithoutPrefix(value.Name, type.Name);
            if (!seen.TryAdd(name, value) && seen[name].Number != value.Number)
            {
                diagnostics.Add(new EnumNamesAlike(value.NameSpan, value.Name, seen[name].Name, seen[name].NameSpan, IsConflictTolerated(type)));
            }
        }
    }

    /// <summary>There are old enums with such names; those that say so, in files that do not promise JSON, are warned of only.</summary>
    private static bool IsConflictTolerated(EnumSymbol type)
        => type.Features.JsonFormat == JsonFormat.LegacyBestEffort && type.OptionBytes is { } options
            && EnumOptions.Read(options).DeprecatedLegacyJsonFieldConflicts == true;

    private static string WithoutPrefix(string value, string type)
    {
        string prefix = type.Replace("_", "", StringComparison.Ordinal);
        int matched = 0;
        int position = 0;
        while (position < value.Length && matched < prefix.Length)
        {
            if (value[position] != '_')
            {
                if (char.ToLowerInvariant(value[position]) != char.ToLowerInvariant(prefix[matched]))
                {
                    return ToCamel(value);
                }

                matched++;
            }

            position++;
        }

        while (position < value.Length && value[position] == '_')
        {
            position++;
        }

        return ToCamel(matched < prefix.Length || position == value.Length ? value : value[position..]);
    }

    private static string ToCamel(string name)
    {
        bool raiseNext = true;
        var camel = new System.Text.StringBuilder(name.Length);
        foreach (char character in name)
        {
            if (character == '_')
            {
                raiseNext = true;
                continue;
            }

            camel.Append(raiseNext ? char.ToUpperInvariant(character) : char.ToLowerInvariant(character));
            raiseNext = false;
        }

        return camel.ToString();
    }
}
