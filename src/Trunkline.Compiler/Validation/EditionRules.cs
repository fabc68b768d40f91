using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>Options that editions replaced by features.</summary>
internal static class EditionRules
{
    public static void Check(FileSymbol file, DiagnosticBag diagnostics)
    {
        if (file.Level != SyntaxLevel.Editions)
        {
            return;
        }

        if (file.Options.OptionSyntax.Find(option => option.Name is [{ IsExtension: false, Text: "java_string_check_utf8" }]) is { } javaCheck)
        {
            diagnostics.Add(new JavaUtf8InEditions(file.Span(javaCheck)));
        }

        foreach (FieldSymbol field in file.AllFields())
        {
            CheckField(field, diagnostics);
        }
    }

    private static void CheckField(FieldSymbol field, DiagnosticBag diagnostics)
    {
        if (field.PackedOption is not null)
        {
            diagnostics.Add(new PackedInEditions(field.NameSpan));
        }

        bool hasCType = field.OptionSyntax.Exists(option => option.Name is [{ IsExtension: false, Text: "ctype" }]);
        if (hasCType && field.File.Edition >= Edition.Edition2024)
        {
            diagnostics.Add(new CTypeRemoved(field.File.Span(field.TypeSyntax)));
        }
    }
}
