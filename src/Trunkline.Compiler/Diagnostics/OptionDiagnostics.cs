namespace Trunkline.Compiler.Diagnostics;

/// <summary>Options that do not fit what they are set on: TL1301 to TL1399. The wording is protoc's.</summary>
internal abstract record OptionDiagnostic(string Number, SourceSpan Place, string Text) : Diagnostic(Number, DiagnosticSeverity.Error, Place, Text);

internal sealed record UnknownOption(SourceSpan Place, string Name, string? Meant = null)
    : OptionDiagnostic("TL1301", Place, $"Option \"{Name}\" unknown. Ensure that your proto definition file imports the proto which defines the option (i.e. via import option after edition 2024).")
{
    public override string? Hint => Meant is null ? null : $"did you mean \"{Meant}\"?";
}

internal sealed record OptionHidden(SourceSpan Place, string Name, string Resolved)
    : OptionDiagnostic("TL1335", Place, $"Option \"({Name})\" is resolved to \"({Resolved})\", which is not defined. The innermost scope is searched first in name resolution. Consider using a leading '.'(i.e., \"(.{Name})\") to start from the outermost scope.");

internal sealed record OptionOfOtherMessage(SourceSpan Place, string Name, string Message)
    : OptionDiagnostic("TL1302", Place, $"Option field \"{Name}\" is not a field or extension of message \"{Message}\".");

internal sealed record OptionIsAtomic(SourceSpan Place, string Name)
    : OptionDiagnostic("TL1303", Place, $"Option \"{Name}\" is an atomic type, not a message.");

internal sealed record OptionIsRepeatedMessage(SourceSpan Place, string Name)
    : OptionDiagnostic("TL1304", Place, $"Option field \"{Name}\" is a repeated message. Repeated message options must be initialized using an aggregate value.");

internal sealed record OptionAlreadySet(SourceSpan Place, string Name)
    : OptionDiagnostic("TL1305", Place, $"Option \"{Name}\" was already set.");

internal sealed record ReservedOptionName(SourceSpan Place)
    : OptionDiagnostic("TL1306", Place, "Option must not use reserved name \"uninterpreted_option\".");

internal sealed record OptionValueOutOfRange(SourceSpan Place, string Name, string Type, string Least, string Most)
    : OptionDiagnostic("TL1307", Place, $"Value out of range, {Least} to {Most}, for {Type} option \"{Name}\".");

internal sealed record OptionValueNotInteger(SourceSpan Place, string Name, string Type, string Least, string Most)
    : OptionDiagnostic("TL1308", Place, $"Value must be integer, from {Least} to {Most}, for {Type} option \"{Name}\".");

internal sealed record OptionValueNotNumber(SourceSpan Place, string Name, string Type)
    : OptionDiagnostic("TL1309", Place, $"Value must be number for {Type} option \"{Name}\".");

internal sealed record OptionValueNotBoolean(SourceSpan Place, string Name, bool IsIdentifier)
    : OptionDiagnostic("TL1310", Place, IsIdentifier
        ? $"Value must be \"true\" or \"false\" for boolean option \"{Name}\"."
        : $"Value must be identifier for boolean option \"{Name}\".");

internal sealed record OptionValueNotEnum(SourceSpan Place, string Name)
    : OptionDiagnostic("TL1311", Place, $"Value must be identifier for enum-valued option \"{Name}\".");

internal sealed record OptionEnumValueUnknown(SourceSpan Place, string Name, string Enum, string Value, IEnumerable<string> Known, bool IsSibling)
    : OptionDiagnostic("TL1312", Place, $"Enum type \"{Enum}\" has no value named \"{Value}\" for option \"{Name}\".{(IsSibling ? " This appears to be a value from a sibling type." : "")}")
{
    public override string? Hint => Spelling.Nearest(Value, Known) is { } meant ? $"did you mean {meant}?" : $"it has {string.Join(", ", Known.Take(8))}";
}

internal sealed record OptionValueNotString(SourceSpan Place, string Name)
    : OptionDiagnostic("TL1313", Place, $"Value must be quoted string for string option \"{Name}\".");

internal sealed record OptionNeedsAggregate(SourceSpan Place, string FullName, string Name)
    : OptionDiagnostic("TL1314", Place, $"Option \"{FullName}\" is a message. To set the entire message, use syntax like \"{Name} = {{ <proto text format> }}\". To set fields within it, use syntax like \"{Name}.foo = value\".");

internal sealed record AggregateProblem(SourceSpan Place, string Name, string Problem)
    : OptionDiagnostic("TL1315", Place, $"Error while parsing option value for \"{Name}\": {Problem}");

internal sealed record StringNotUtf8(SourceSpan Place, string What)
    : OptionDiagnostic("TL1316", Place, $"The text of {What} is not valid UTF-8.");

internal sealed record OptionOnWrongElement(SourceSpan Place, string Option, string Element)
    : OptionDiagnostic("TL1318", Place, $"Option {Option} cannot be set on an entity of type `{Element}`.");

internal sealed record DefaultDoesNotFit(SourceSpan Place, string Field)
    : OptionDiagnostic("TL1317", Place, $"The default value does not fit the type of field \"{Field}\".");

internal sealed record DefaultOnMessage(SourceSpan Place) : OptionDiagnostic("TL1330", Place, "Messages can't have default values.");

internal sealed record DefaultOnRepeated(SourceSpan Place) : OptionDiagnostic("TL1331", Place, "Repeated fields can't have default values.");

internal sealed record DefaultOfEnumNotIdentifier(SourceSpan Place)
    : OptionDiagnostic("TL1332", Place, "Default value for an enum field must be an identifier.");

internal sealed record DefaultOfEnumUnknown(SourceSpan Place, string Enum, string Value)
    : OptionDiagnostic("TL1333", Place, $"Enum type \"{Enum}\" has no value named \"{Value}\".");

internal sealed record OptionMessageIncomplete(SourceSpan Place, string Name, string Missing)
    : OptionDiagnostic("TL1334", Place, $"Error while parsing option value for \"{Name}\": Message missing required fields: {Missing}");

/// <summary>A file declares an options message of its own in which known options have other types.</summary>
internal sealed record OptionsOfOtherForm(SourceSpan Place, string Type, SourceSpan Declaration)
    : OptionDiagnostic("TL1336", Place, $"The options cannot be read: \"{Type}\" is declared in another form than that of google/protobuf/descriptor.proto.")
{
    public override string? Hint => "remove that declaration: what every compiler and runtime reads cannot be changed by a file";

    public override IReadOnlyList<RelatedSpan> Related => [new(Declaration, "declared here")];
}
