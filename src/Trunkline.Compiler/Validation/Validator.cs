using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;

namespace Trunkline.Compiler.Validation;

/// <summary>Runs the families of rules over a linked file. Each family is a file; none depends on another having run.</summary>
internal static class Validator
{
    public static void Validate(FileSymbol file, DiagnosticBag diagnostics)
    {
        ImportRules.Check(file, diagnostics);
        LiteRules.Check(file, diagnostics);
        foreach (MessageSymbol message in file.AllMessages())
        {
            FieldNumberRules.Check(message, diagnostics);
            ReservedRules.Check(message, diagnostics);
            JsonNameRules.Check(message, diagnostics);
            OneofRules.Check(message, diagnostics);
            MessageSetRules.Check(message, diagnostics);
            DeclarationRules.Check(message, diagnostics);
        }

        foreach (FieldSymbol field in file.AllFields())
        {
            MapRules.Check(field, diagnostics);
            FieldOptionRules.Check(field, diagnostics);
        }

        foreach (FieldSymbol extension in file.AllExtensions())
        {
            ExtensionRules.Check(extension, diagnostics);
            MessageSetRules.CheckExtension(extension, diagnostics);
        }

        foreach (EnumSymbol type in file.AllEnums())
        {
            EnumRules.Check(type, diagnostics);
        }

        FeatureRules.Check(file, diagnostics);
        FeatureSupportRules.Check(file, diagnostics);
        EditionRules.Check(file, diagnostics);
        VisibilityRules.Check(file, diagnostics);
        NamingStyleRules.Check(file, diagnostics);
        if (file.Level == SyntaxLevel.Proto3)
        {
            Proto3Rules.Check(file, diagnostics);
        }
    }
}
