namespace Trunkline.Compiler.Diagnostics;

/// <summary>What the grammar has in some editions only: TL1141 to TL1159. The wording is protoc's.</summary>
internal abstract record EditionDiagnostic(string Number, SourceSpan Place, string Text, DiagnosticSeverity Gravity = DiagnosticSeverity.Error)
    : Diagnostic(Number, Gravity, Place, Text);

internal sealed record UnknownEdition(SourceSpan Place, string Value) : EditionDiagnostic("TL1141", Place, $"Unknown edition \"{Value}\".")
{
    public override string Hint => "editions are \"2023\" and \"2024\"; proto2 and proto3 are written with a syntax statement";
}

internal sealed record EditionTooNew(SourceSpan Place, string Edition, string Newest)
    : EditionDiagnostic("TL1142", Place, $"Edition {Edition} is later than the maximum supported edition {Newest}");

internal sealed record EditionTooOld(SourceSpan Place, string Edition)
    : EditionDiagnostic("TL1143", Place, $"Edition {Edition} is earlier than the minimum supported edition PROTO2");

internal sealed record OptionalInEditions(SourceSpan Place)
    : EditionDiagnostic("TL1144", Place, "Label \"optional\" is not supported in editions. By default, all singular fields have presence unless features.field_presence is set.")
{
    public override string Hint => "remove the label";
}

internal sealed record RequiredInEditions(SourceSpan Place)
    : EditionDiagnostic("TL1145", Place, "Label \"required\" is not supported in editions, use features.field_presence = LEGACY_REQUIRED.")
{
    public override string Hint => "remove the label and write [features.field_presence = LEGACY_REQUIRED] behind the number";
}

internal sealed record GroupInEditions(SourceSpan Place)
    : EditionDiagnostic("TL1146", Place, "Group syntax is no longer supported in editions. To get group behavior you can specify features.message_encoding = DELIMITED on a message field.")
{
    public override string Hint => "declare the message and a field of it with [features.message_encoding = DELIMITED]";
}

internal sealed record ReservedNameNotIdentifier(SourceSpan Place)
    : EditionDiagnostic("TL1147", Place, "Reserved names must be identifiers in editions, not string literals.")
{
    public override string Hint => "write the name without quotes";
}

internal sealed record ReservedNameNoIdentifier(SourceSpan Place, string Name)
    : EditionDiagnostic("TL1148", Place, $"Reserved name \"{Name}\" is not a valid identifier.", DiagnosticSeverity.Warning);

internal sealed record OptionImportTooEarly(SourceSpan Place)
    : EditionDiagnostic("TL1149", Place, "option import is not supported before edition 2024.")
{
    public override string Hint => "write a plain import";
}

internal sealed record WeakImportRemoved(SourceSpan Place)
    : EditionDiagnostic("TL1150", Place, "weak import is not supported in edition 2024 and above. Consider using option import instead.");

internal sealed record ImportAfterOptionImport(SourceSpan Place)
    : EditionDiagnostic("TL1151", Place, "imports should precede any option imports to ensure proto files can roundtrip.")
{
    public override string Hint => "move it before the first import option";
}

internal sealed record VisibilityOfOther(SourceSpan Place)
    : EditionDiagnostic("TL1152", Place, "'local' and 'export' visibility modifiers are valid only on 'message' and 'enum'");
