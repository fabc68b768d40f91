using Trunkline.Descriptors;

namespace Trunkline.Compiler.Diagnostics;

/// <summary>Features and what follows from them, visibility and style included: TL1501 to TL1599. The wording is protoc's.</summary>
internal abstract record FeatureDiagnostic(string Number, SourceSpan Place, string Text, DiagnosticSeverity Gravity = DiagnosticSeverity.Error)
    : Diagnostic(Number, Gravity, Place, Text);

internal sealed record FeaturesOutsideEditions(SourceSpan Place) : FeatureDiagnostic("TL1501", Place, "Features are only valid under editions.");

internal sealed record FeatureUnknownValue(SourceSpan Place, string Feature, string Value)
    : FeatureDiagnostic("TL1502", Place, $"Feature field `{Feature}` must resolve to a known value, found {Value}");

internal sealed record OptionNotIntroduced(SourceSpan Place, string Name, string Introduced, string Used)
    : FeatureDiagnostic("TL1503", Place, $"{Name} wasn't introduced until edition {Introduced} and can't be used in edition {Used}");

internal sealed record OptionRemoved(SourceSpan Place, string Name, string Removed, string? Advice)
    : FeatureDiagnostic("TL1504", Place, $"{Name} has been removed in edition {Removed}{(string.IsNullOrEmpty(Advice) ? "" : ": " + Advice)}");

internal sealed record OptionDeprecated(SourceSpan Place, string Name, string Deprecated, string? Advice)
    : FeatureDiagnostic("TL1505", Place, $"{Name} has been deprecated in edition {Deprecated}: {Advice}", DiagnosticSeverity.Warning);

internal sealed record SupportProblem(SourceSpan Place, string Name, string Problem) : FeatureDiagnostic("TL1506", Place, $"{Name} {Problem}");

internal sealed record RequiredByDefault(SourceSpan Place) : FeatureDiagnostic("TL1511", Place, "Required presence can't be specified by default.");

internal sealed record ImplicitDefault(SourceSpan Place) : FeatureDiagnostic("TL1512", Place, "Implicit presence fields can't specify defaults.");

internal sealed record ImplicitClosedEnum(SourceSpan Place) : FeatureDiagnostic("TL1513", Place, "Implicit presence enum fields must always be open.");

internal sealed record PresenceNotAllowed(SourceSpan Place, string Kind)
    : FeatureDiagnostic("TL1514", Place, $"{Kind} can't specify field presence.");

internal sealed record ImplicitMessage(SourceSpan Place) : FeatureDiagnostic("TL1515", Place, "Message fields can't specify implicit presence.");

internal sealed record EncodingOfSingular(SourceSpan Place) : FeatureDiagnostic("TL1516", Place, "Only repeated fields can specify repeated field encoding.");

internal sealed record PackedEncodingNotAllowed(SourceSpan Place)
    : FeatureDiagnostic("TL1517", Place, "Only repeated primitive fields can specify PACKED repeated field encoding.");

internal sealed record Utf8OfOther(SourceSpan Place) : FeatureDiagnostic("TL1518", Place, "Only string fields can specify utf8 validation.");

internal sealed record MessageEncodingOfOther(SourceSpan Place) : FeatureDiagnostic("TL1519", Place, "Only message fields can specify message encoding.");

internal sealed record PackedInEditions(SourceSpan Place)
    : FeatureDiagnostic("TL1520", Place, "Field option packed is not allowed under editions.  Use the repeated_field_encoding feature to control this behavior.");

internal sealed record CTypeRemoved(SourceSpan Place)
    : FeatureDiagnostic("TL1521", Place, "ctype option is not allowed under edition 2024 and beyond. Use the feature string_type = VIEW|CORD|STRING|... instead.");

internal sealed record JavaUtf8InEditions(SourceSpan Place)
    : FeatureDiagnostic("TL1522", Place, "File option java_string_check_utf8 is not allowed under editions. Use the (pb.java).utf8_validation feature to control this behavior.");

internal sealed record NotVisible(SourceSpan Place, string Name, SourceSpan Definition, string User, bool IsExtendee, DefaultSymbolVisibility? ByDefault)
    : FeatureDiagnostic("TL1531", Place, $"Symbol \"{Name}\", defined in \"{Definition.File}\" {(IsExtendee ? "target of extend" : "")} is not visible from \"{User}\". {Reason(ByDefault)} and cannot be accessed outside its own file")
{
    public override string Hint => "put export before its declaration, or keep what uses it in that file";

    public override IReadOnlyList<RelatedSpan> Related => [new(Definition, "declared here")];

    private static string Reason(DefaultSymbolVisibility? byDefault) => byDefault switch
    {
        null => "It is explicitly marked 'local'",
        DefaultSymbolVisibility.ExportTopLevel => ByFile("EXPORT_TOP_LEVEL"),
        DefaultSymbolVisibility.LocalAll => ByFile("LOCAL_ALL"),
        _ => ByFile("STRICT"),
    };

    private static string ByFile(string value) => $"It defaulted to local from file-level 'option features.default_symbol_visibility = '{value}';";
}

internal sealed record ExportedNestedMessage(SourceSpan Place, string Name)
    : FeatureDiagnostic("TL1532", Place, $"\"{Name}\" is a nested message and cannot be `export` with STRICT default_symbol_visibility. It must be moved to top-level, ideally in its own file in order to be `export`.");

internal sealed record ExportedNestedEnum(SourceSpan Place, string Name)
    : FeatureDiagnostic("TL1533", Place, $"\"{Name}\" is a nested enum and cannot be marked `export` with STRICT default_symbol_visibility. It must be moved to top-level, ideally in its own file in order to be `export`. For C++ namespacing of enums in a messages use: `local message <OuterNamespace> {{ export enum {Name} {{...}} reserved 1 to max; }}`");

internal sealed record NameAgainstStyle(SourceSpan Place, string Kind, string Name, string Problem, string WayOut, string? Meant = null)
    : FeatureDiagnostic("TL1541", Place, $"{Kind} name {Name} {Problem} (features.enforce_naming_style = {WayOut} can be used to opt out of this check)")
{
    // Of a name without letters nothing is left that could be a name.
    public override string? Hint => Meant is { Length: > 0 } && char.IsAsciiLetter(Meant[0]) ? $"{Meant} would be in style" : null;
}
