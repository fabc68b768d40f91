using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>What an option or a value of one says about the editions that have it makes sense.</summary>
internal static class FeatureSupportRules
{
    public static void Check(FileSymbol file, DiagnosticBag diagnostics)
    {
        foreach (FieldSymbol field in file.AllFields().Where(MayDeclare))
        {
            Check(field, field.Support, diagnostics);
        }

        foreach (EnumValueSymbol value in file.AllEnums().SelectMany(type => type.Values).Where(MayDeclare))
        {
            Check(value, value.Support, diagnostics);
        }
    }

    /// <summary>Next to no element does, and to read the options of all others takes time.</summary>
    private static bool MayDeclare(Symbol element)
        => element.OptionSyntax.Exists(option => option is CarriedOptionsSyntax || option.Name is [{ IsExtension: false, Text: "feature_support" }, ..]);

    private static void Check(Symbol element, FeatureSupport? support, DiagnosticBag diagnostics)
    {
        if (support is not null && ProblemOf(support) is { } problem)
        {
            diagnostics.Add(new SupportProblem(element.NameSpan, element.FullName, problem));
        }
    }

    private static string? ProblemOf(FeatureSupport support) => support switch
    {
        { EditionDeprecated: not null, DeprecationWarning: null or "" } => "is deprecated but does not specify a deprecation warning.",
        { EditionDeprecated: null, DeprecationWarning: not (null or "") } => "specifies a deprecation warning but is not marked deprecated in any edition.",
        { EditionRemoved: not null, RemovalError: null or "" } => "has been removed but does not specify a removal error.",
        { EditionRemoved: null, RemovalError: not (null or "") } => "specifies a removal error but is not marked removed in any edition.",
        _ when support.EditionDeprecated < support.EditionIntroduced => "was deprecated before it was introduced.",
        _ when support.EditionDeprecated > support.EditionRemoved => "was deprecated after it was removed.",
        _ when support.EditionRemoved < support.EditionIntroduced => "was removed before it was introduced.",
        _ => null,
    };
}
