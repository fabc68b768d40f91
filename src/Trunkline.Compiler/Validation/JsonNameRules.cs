using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;

namespace Trunkline.Compiler.Validation;

/// <summary>JSON names must tell the fields of a message apart, and must not look like those of extensions.</summary>
internal static class JsonNameRules
{
    public static void Check(MessageSymbol message, DiagnosticBag diagnostics)
    {
        if (message.OptionSyntax.Exists(option => option is
            {
                Name: [{ IsExtension: false, Text: "deprecated_legacy_json_field_conflicts" }],
                Value: Syntax.IdentifierSyntax { Text: "true" },
            }))
        {
            message.Fields.ForEach(field => CheckText(field, diagnostics));
            return;
        }

        var custom = new Dictionary<string, FieldSymbol>(StringComparer.Ordinal);
        var defaults = new Dictionary<string, FieldSymbol>(StringComparer.Ordinal);
        foreach (FieldSymbol field in message.Fields)
        {
            CheckText(field, diagnostics);
            CheckDefaultName(field, defaults, diagnostics);
            CheckUsedName(field, custom, diagnostics);
        }
    }

    /// <summary>Two default names may not meet even where a custom name keeps the fields apart: a reader without that name would mix them up.</summary>
    private static void CheckDefaultName(FieldSymbol field, Dictionary<string, FieldSymbol> seen, DiagnosticBag diagnostics)
    {
        string name = Names.ToJsonName(field.Name);
        if (!seen.TryAdd(name, field) && seen[name].Name != field.Name)
        {
            // Fields of one name have been reported as such.
            Report(field, name, false, seen[name], false, diagnostics);
        }
    }

    private static void CheckUsedName(FieldSymbol field, Dictionary<string, FieldSymbol> seen, DiagnosticBag diagnostics)
    {
        bool isCustom = field.JsonNameSyntax is not null;
        if (seen.TryAdd(field.JsonName, field) || seen[field.JsonName].Name == field.Name)
        {
            return;
        }

        FieldSymbol other = seen[field.JsonName];
        bool otherIsCustom = other.JsonNameSyntax is not null;
        if (isCustom || otherIsCustom)
        {
            // Two default names that meet have been reported as such.
            Report(field, field.JsonName, isCustom, other, otherIsCustom, diagnostics);
        }
    }

    private static void Report(FieldSymbol field, string name, bool isCustom, FieldSymbol other, bool otherIsCustom, DiagnosticBag diagnostics)
    {
        // Where JSON is best effort, only two names that someone chose are one too many.
        bool isBestEffort = field.ContainingType!.Features.JsonFormat == Descriptors.JsonFormat.LegacyBestEffort && !(isCustom && otherIsCustom);
        diagnostics.Add(new JsonNamesConflict(field.NameSpan, Word(isCustom), field.Name, name, Word(otherIsCustom), other.Name, other.NameSpan, isBestEffort));
    }

    private static string Word(bool isCustom) => isCustom ? "custom" : "default";

    private static void CheckText(FieldSymbol field, DiagnosticBag diagnostics)
    {
        if (field.JsonNameSyntax is not { } syntax)
        {
            return;
        }

        SourceSpan place = field.File.Span(syntax.Value);
        if (!syntax.Value.IsUtf8)
        {
            diagnostics.Add(new StringNotUtf8(place, $"json_name of field \"{field.Name}\""));
        }
        else if (field.JsonName.Contains('\0'))
        {
            diagnostics.Add(new JsonNameWithNull(place));
        }
        else if (field.JsonName.StartsWith('[') && field.JsonName.EndsWith(']'))
        {
            diagnostics.Add(new JsonNameInBrackets(field.NameSpan, field.Name, field.JsonName));
        }
    }
}
