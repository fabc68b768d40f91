namespace Trunkline.Compiler.Diagnostics;

/// <summary>What the parser finds: TL1101 to TL1139. The wording is protoc's. TL1120, that a syntax level is not supported, is gone and stays unused.</summary>
internal abstract record SyntaxDiagnostic(string Number, SourceSpan Place, string Text) : Diagnostic(Number, DiagnosticSeverity.Error, Place, Text);

/// <summary>Something else was expected; <paramref name="Text"/> says what.</summary>
internal sealed record UnexpectedToken(SourceSpan Place, string Text, SourceSpan? Missing = null) : SyntaxDiagnostic("TL1101", Place, Text)
{
    public override IReadOnlyList<RelatedSpan> Related => [.. Missing is { } place ? new RelatedSpan[] { new(place, "it belongs behind this") } : []];
}

internal sealed record UnmatchedBrace(SourceSpan Place) : SyntaxDiagnostic("TL1102", Place, "Unmatched \"}\".");

internal sealed record EndOfInputInBody(SourceSpan Place, string Body)
    : SyntaxDiagnostic("TL1103", Place, $"Reached end of input in {Body} (missing '}}').");

internal sealed record IntegerOutOfRange(SourceSpan Place) : SyntaxDiagnostic("TL1104", Place, "Integer out of range.");

internal sealed record MultiplePackages(SourceSpan Place, SourceSpan First) : SyntaxDiagnostic("TL1105", Place, "Multiple package definitions.")
{
    public override string? Hint => "a file has one package";

    public override IReadOnlyList<RelatedSpan> Related => [new(First, "the package")];
}

internal sealed record UnrecognizedSyntax(SourceSpan Place, string Value)
    : SyntaxDiagnostic("TL1106", Place, $"Unrecognized syntax identifier \"{Value}\".  This parser only recognizes \"proto2\" and \"proto3\".")
{
    public override string? Hint => Spelling.Nearest(Value, ["proto2", "proto3"]) is { } meant ? $"did you mean \"{meant}\"?" : Value is "2023" or "2024" ? $"write: edition = \"{Value}\";" : null;
}

internal sealed record NestedTooDeep(SourceSpan Place, string What)
    : SyntaxDiagnostic("TL1107", Place, $"Reached maximum recursion limit for nested {What}.");

internal sealed record LabelInOneof(SourceSpan Place)
    : SyntaxDiagnostic("TL1108", Place, "Fields in oneofs must not have labels (required / optional / repeated).")
{
    public override string? Hint => "remove the label: fields of a oneof are optional as they are";
}

internal sealed record LabelOnMap(SourceSpan Place)
    : SyntaxDiagnostic("TL1109", Place, "Field labels (required/optional/repeated) are not allowed on map fields.")
{
    public override string? Hint => "remove the label: a map is repeated as it is";
}

internal sealed record MapInOneof(SourceSpan Place) : SyntaxDiagnostic("TL1110", Place, "Map fields are not allowed in oneofs.")
{
    public override string? Hint => "put the map into a message of its own";
}

internal sealed record MapExtension(SourceSpan Place) : SyntaxDiagnostic("TL1111", Place, "Map fields are not allowed to be extensions.");

internal sealed record GroupNameCase(SourceSpan Place) : SyntaxDiagnostic("TL1112", Place, "Group names must start with a capital letter.");

internal sealed record MissingGroupBody(SourceSpan Place) : SyntaxDiagnostic("TL1113", Place, "Missing group body.");

internal sealed record DuplicatePseudoOption(SourceSpan Place, string Name)
    : SyntaxDiagnostic("TL1114", Place, $"Already set option \"{Name}\".");

internal sealed record MinusBeforeString(SourceSpan Place) : SyntaxDiagnostic("TL1115", Place, "Invalid '-' symbol before string.");

internal sealed record MinusBeforeIdentifier(SourceSpan Place)
    : SyntaxDiagnostic("TL1116", Place, "Identifier after '-' symbol must be inf or nan.");

internal sealed record LabelMissing(SourceSpan Place)
    : SyntaxDiagnostic("TL1117", Place, "Expected \"required\", \"optional\", or \"repeated\".")
{
    public override string? Hint => "put optional in front, or repeated";
}

internal sealed record MessageTypeExpected(SourceSpan Place) : SyntaxDiagnostic("TL1118", Place, "Expected message type.");

internal sealed record ReservedNameNotString(SourceSpan Place)
    : SyntaxDiagnostic("TL1119", Place, "Reserved names must be string literals. (Only editions supports identifiers.)")
{
    public override string? Hint => "put the name between quotation marks";
}

internal sealed record UnsignedDefaultNegative(SourceSpan Place)
    : SyntaxDiagnostic("TL1161", Place, "Unsigned field can't have negative default value.");

internal sealed record ExtendEmpty(SourceSpan Place) : SyntaxDiagnostic("TL1162", Place, "Extend must have at least one field.");
