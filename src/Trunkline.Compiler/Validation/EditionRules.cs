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

        if (file.Options.OptionBytes is { } options && Descriptors.FileOptions.Read(options).JavaStringCheckUtf8 is not null)
        {
            OptionSyntax? statement = file.Options.OptionSyntax.Find(option => option.Name is [{ IsExtension: false, Text: "java_string_check_utf8" }]);
            diagnostics.Add(new JavaUtf8InEditions(statement is null ? SourceSpan.WholeFile(file.Name) : file.Span(statement)));
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

        if (field.File.Edition >= Edition.Edition2024 && field.OptionBytes is { } options && FieldOptions.Read(options).CType is not null)
        {
            diagnostics.Add(new CTypeRemoved(field.File.Span(field.TypeSyntax)));
        }
    }
}
