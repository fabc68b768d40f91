namespace Trunkline.Compiler.Diagnostics;

/// <summary>Rules of the language that a well-formed, linked file breaks: TL1401 to TL1499. The wording is protoc's.</summary>
internal abstract record RuleDiagnostic(string Number, SourceSpan Place, string Text, DiagnosticSeverity Gravity = DiagnosticSeverity.Error)
    : Diagnostic(Number, Gravity, Place, Text);

internal sealed record FieldNumberNotPositive(SourceSpan Place) : RuleDiagnostic("TL1401", Place, "Field numbers must be positive integers.")
{
    public override string? Hint => "numbers begin at 1";
}

internal sealed record FieldNumberTooLarge(SourceSpan Place, int Largest, bool OfExtension = false)
    : RuleDiagnostic("TL1402", Place, $"{(OfExtension ? "Extension" : "Field")} numbers cannot be greater than {Largest}.");

internal sealed record FieldNumberOfImplementation(SourceSpan Place)
    : RuleDiagnostic("TL1403", Place, "Field numbers 19000 through 19999 are reserved for the protocol buffer library implementation.")
{
    public override string? Hint => "take a number below 19000 or above 19999";
}

internal sealed record FieldNumberTaken(SourceSpan Place, int Value, string Message, string Other, SourceSpan OtherPlace, int NextFree)
    : RuleDiagnostic("TL1404", Place, $"Field number {Value} has already been used in \"{Message}\" by field \"{Other}\". Next available field number is {NextFree}.")
{
    public override string? Hint => $"the number {NextFree} is free";

    public override IReadOnlyList<RelatedSpan> Related => [new(OtherPlace, $"field \"{Other}\" has it")];
}

internal sealed record ReservedNumberNotPositive(SourceSpan Place) : RuleDiagnostic("TL1405", Place, "Reserved numbers must be positive integers.");

internal sealed record ReservedRangeBackwards(SourceSpan Place)
    : RuleDiagnostic("TL1406", Place, "Reserved range end number must be greater than start number.");

internal sealed record ReservedRangesOverlap(SourceSpan Place, int Start, int End, int OtherStart, int OtherEnd, SourceSpan Other)
    : RuleDiagnostic("TL1407", Place, $"Reserved range {Start} to {End} overlaps with already-defined range {OtherStart} to {OtherEnd}.")
{
    public override IReadOnlyList<RelatedSpan> Related => [new(Other, "reserved here already")];
}

internal sealed record NameReservedTwice(SourceSpan Place, string Kind, string Name, SourceSpan First)
    : RuleDiagnostic("TL1408", Place, Kind == "Field" ? $"Field name \"{Name}\" is reserved multiple times." : $"{Kind} \"{Name}\" is reserved multiple times.")
{
    public override string? Hint => "remove one of them";

    public override IReadOnlyList<RelatedSpan> Related => [new(First, "reserved here already")];
}

internal sealed record ReservedNumberUsed(SourceSpan Place, string Name, int Value, SourceSpan Range, bool OfEnum = false)
    : RuleDiagnostic("TL1409", Place, $"{(OfEnum ? "Enum value" : "Field")} \"{Name}\" uses reserved number {Value}.")
{
    public override string? Hint => "a number is reserved so that old data is not misread: take another one";

    public override IReadOnlyList<RelatedSpan> Related => [new(Range, "reserved here")];
}

internal sealed record ReservedNameUsed(SourceSpan Place, string Name, SourceSpan Reserved, bool OfEnum = false)
    : RuleDiagnostic("TL1410", Place, $"{(OfEnum ? "Enum value" : "Field name")} \"{Name}\" is reserved.")
{
    public override string? Hint => "take another name";

    public override IReadOnlyList<RelatedSpan> Related => [new(Reserved, "reserved here")];
}

internal sealed record ExtensionNumberNotPositive(SourceSpan Place) : RuleDiagnostic("TL1411", Place, "Extension numbers must be positive integers.");

internal sealed record ExtensionRangeBackwards(SourceSpan Place)
    : RuleDiagnostic("TL1412", Place, "Extension range end number must be greater than start number.");

internal sealed record ExtensionRangesOverlap(SourceSpan Place, int Start, int End, string Kind, int OtherStart, int OtherEnd, SourceSpan Other)
    : RuleDiagnostic("TL1413", Place, $"Extension range {Start} to {End} overlaps with {Kind} range {OtherStart} to {OtherEnd}.")
{
    public override IReadOnlyList<RelatedSpan> Related => [new(Other, "the other range")];
}

internal sealed record FieldInExtensionRange(SourceSpan Place, int Start, int End, string Field, int Value, SourceSpan Range)
    : RuleDiagnostic("TL1414", Place, $"Extension range {Start} to {End} includes field \"{Field}\" ({Value}).")
{
    public override string? Hint => "the message has given the number away to extensions: take another one";

    public override IReadOnlyList<RelatedSpan> Related => [new(Range, "given away here")];
}

internal sealed record ExtensionNumberNotDeclared(SourceSpan Place, string Message, int Value, SourceSpan Extendee, string Ranges)
    : RuleDiagnostic("TL1415", Place, $"\"{Message}\" does not declare {Value} as an extension number.")
{
    public override string? Hint => Ranges.Length == 0 ? "the message takes no extensions" : $"its extensions have the numbers {Ranges}";

    public override IReadOnlyList<RelatedSpan> Related => [new(Extendee, "the extended message")];
}

internal sealed record ExtensionInProto3(SourceSpan Place)
    : RuleDiagnostic("TL1416", Place, "Extensions in proto3 are only allowed for defining options.");

internal sealed record ExtensionRequired(SourceSpan Place, string Extension)
    : RuleDiagnostic("TL1417", Place, $"The extension {Extension} cannot be required.");

internal sealed record JsonNameOnExtension(SourceSpan Place) : RuleDiagnostic("TL1418", Place, "option json_name is not allowed on extension fields.");

internal sealed record JsonNamesConflict(SourceSpan Place, string Kind, string Field, string Name, string OtherKind, string Other, SourceSpan OtherPlace, bool IsBestEffort)
    : RuleDiagnostic(
        "TL1419",
        Place,
        $"The {Kind} JSON name of field \"{Field}\" (\"{Name}\") conflicts with the {OtherKind} JSON name of field \"{Other}\".",
        IsBestEffort ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error)
{
    public override string? Hint => "give one of them a json_name of its own";

    public override IReadOnlyList<RelatedSpan> Related => [new(OtherPlace, $"field \"{Other}\"")];
}

internal sealed record JsonNameWithNull(SourceSpan Place) : RuleDiagnostic("TL1420", Place, "json_name cannot have embedded null characters.");

internal sealed record JsonNameInBrackets(SourceSpan Place, string Field, string Name)
    : RuleDiagnostic("TL1421", Place, $"The custom JSON name of field \"{Field}\" (\"{Name}\") is invalid: JSON names may not start with '[' and end with ']'.");

internal sealed record OneofEmpty(SourceSpan Place) : RuleDiagnostic("TL1422", Place, "Oneof must have at least one field.")
{
    public override string? Hint => "give it a field or remove it";
}

internal sealed record MapEntryOption(SourceSpan Place)
    : RuleDiagnostic("TL1423", Place, "map_entry should not be set explicitly. Use map<KeyType, ValueType> instead.");

/// <summary>The same words for a field whose type is the entry of somebody's map; protoc finds that out by the same check.</summary>
internal sealed record MapEntryNamed(SourceSpan Place)
    : RuleDiagnostic("TL1451", Place, "map_entry should not be set explicitly. Use map<KeyType, ValueType> instead.");

internal sealed record MapValueIsGroup(SourceSpan Place) : RuleDiagnostic("TL1452", Place, "Value in map fields cannot be a group.");

internal sealed record ExtensionNumberOutOfBounds(SourceSpan Place) : RuleDiagnostic("TL1453", Place, "Field number out of bounds.");

internal sealed record MapKeyType(SourceSpan Place)
    : RuleDiagnostic("TL1424", Place, "Key in map fields cannot be float/double, bytes or message types.")
{
    public override string? Hint => "a key is an integer, a bool or a string";
}

internal sealed record MapKeyIsEnum(SourceSpan Place) : RuleDiagnostic("TL1425", Place, "Key in map fields cannot be enum types.")
{
    public override string? Hint => "a key is an integer, a bool or a string";
}

internal sealed record MapValueEnumWithoutZero(SourceSpan Place)
    : RuleDiagnostic("TL1426", Place, "Enum value in map must define 0 as the first value.");

internal sealed record PackedNotAllowed(SourceSpan Place)
    : RuleDiagnostic("TL1427", Place, "[packed = true] can only be specified for repeated primitive fields.")
{
    public override string? Hint => "remove the option, or make the field repeated";
}

internal sealed record LazyNotAllowed(SourceSpan Place)
    : RuleDiagnostic("TL1428", Place, "[lazy = true] can only be specified for submessage fields.");

internal sealed record JsTypeNotAllowed(SourceSpan Place)
    : RuleDiagnostic("TL1429", Place, "jstype is only allowed on int64, uint64, sint64, fixed64 or sfixed64 fields.");

internal sealed record EnumEmpty(SourceSpan Place) : RuleDiagnostic("TL1430", Place, "Enums must contain at least one value.")
{
    public override string? Hint => "add a value for zero: UNSPECIFIED = 0;";
}

internal sealed record AllowAliasFalse(SourceSpan Place, string Enum)
    : RuleDiagnostic("TL1431", Place, $"\"{Enum}\" declares 'option allow_alias = false;' which has no effect. Please remove the declaration.");

internal sealed record NoAliases(SourceSpan Place, string Enum)
    : RuleDiagnostic("TL1432", Place, $"\"{Enum}\" declares support for enum aliases but no enum values share field numbers. Please remove the unnecessary 'option allow_alias = true;' declaration.");

internal sealed record AliasNotAllowed(SourceSpan Place, string Value, string Other, SourceSpan OtherPlace, int? NextFree)
    : RuleDiagnostic("TL1433", Place, $"\"{Value}\" uses the same enum value as \"{Other}\". If this is intended, set 'option allow_alias = true;' to the enum definition.{(NextFree is null ? "" : $" The next available enum value is {NextFree}.")}")
{
    public override string? Hint => NextFree is null ? null : $"the number {NextFree} is free";

    public override IReadOnlyList<RelatedSpan> Related => [new(OtherPlace, $"\"{Other}\" has it")];
}

internal sealed record EnumNamesAlike(SourceSpan Place, string Value, string Other, SourceSpan OtherPlace, bool IsTolerated)
    : RuleDiagnostic(
        "TL1434",
        Place,
        $"Enum name {Value} has the same name as {Other} if you ignore case and strip out the enum name prefix (if any). (If you are using allow_alias, please assign the same number to each enum value name.)",
        IsTolerated ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error)
{
    public override IReadOnlyList<RelatedSpan> Related => [new(OtherPlace, "the other one")];
}

internal sealed record FirstEnumValueNotZero(SourceSpan Place) : RuleDiagnostic("TL1435", Place, "The first enum value must be zero for open enums.")
{
    public override string? Hint => "put a value for zero first: UNSPECIFIED = 0;";
}

internal sealed record RequiredInProto3(SourceSpan Place) : RuleDiagnostic("TL1436", Place, "Required fields are not allowed in proto3.")
{
    public override string? Hint => "leave the label out; what must be there is for the program to check";
}

internal sealed record DefaultInProto3(SourceSpan Place) : RuleDiagnostic("TL1437", Place, "Explicit default values are not allowed in proto3.")
{
    public override string? Hint => "a field that is not set is zero or empty; defaults need proto2 or an edition";
}

internal sealed record GroupInProto3(SourceSpan Place) : RuleDiagnostic("TL1438", Place, "Groups are not supported in proto3 syntax.")
{
    public override string? Hint => "declare a message and a field of its type";
}

internal sealed record ClosedEnumInProto3(SourceSpan Place, string Enum, string Message)
    : RuleDiagnostic("TL1439", Place, $"Enum type \"{Enum}\" is not an open enum, but is used in \"{Message}\" which is a proto3 message type.");

internal sealed record ExtensionRangeInProto3(SourceSpan Place) : RuleDiagnostic("TL1440", Place, "Extension ranges are not allowed in proto3.");

internal sealed record MessageSetInProto3(SourceSpan Place) : RuleDiagnostic("TL1441", Place, "MessageSet is not supported in proto3.");

internal sealed record LiteImport(SourceSpan Place, string Name)
    : RuleDiagnostic("TL1442", Place, $"Files that do not use optimize_for = LITE_RUNTIME cannot import files which do use this option.  This file is not lite, but it imports \"{Name}\" which is.");
