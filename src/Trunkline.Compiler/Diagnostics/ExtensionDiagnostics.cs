namespace Trunkline.Compiler.Diagnostics;

/// <summary>Declarations of extensions, message sets, the lite runtime: TL1461 to TL1499. The wording is protoc's.</summary>
internal abstract record ExtensionDiagnostic(string Number, SourceSpan Place, string Text) : Diagnostic(Number, DiagnosticSeverity.Error, Place, Text);

internal sealed record UnverifiedWithDeclarations(SourceSpan Place)
    : ExtensionDiagnostic("TL1461", Place, "Cannot mark the extension range as UNVERIFIED when it has extension(s) declared.");

internal sealed record DeclarationOutsideRange(SourceSpan Place, int Value)
    : ExtensionDiagnostic("TL1462", Place, $"Extension declaration number {Value} is not in the extension range.");

internal sealed record DeclarationNumberTwice(SourceSpan Place, int Value)
    : ExtensionDiagnostic("TL1463", Place, $"Extension declaration number {Value} is declared multiple times.");

internal sealed record DeclarationNameTwice(SourceSpan Place, string Name)
    : ExtensionDiagnostic("TL1464", Place, $"Extension field name \"{Name}\" is declared multiple times.");

internal sealed record DeclarationIncomplete(SourceSpan Place, int Value)
    : ExtensionDiagnostic("TL1465", Place, $"Extension declaration #{Value} should have both \"full_name\" and \"type\" set.");

internal sealed record DeclarationNameRelative(SourceSpan Place, string Name)
    : ExtensionDiagnostic("TL1466", Place, $"\"{Name}\" must have a leading dot to indicate the fully-qualified scope.");

internal sealed record DeclarationNameInvalid(SourceSpan Place, string Name)
    : ExtensionDiagnostic("TL1467", Place, $"\"{Name}\" contains invalid identifiers.");

internal sealed record DeclarationMissing(SourceSpan Place, string Extension, int Value, string Extendee)
    : ExtensionDiagnostic("TL1468", Place, $"Missing extension declaration for field {Extension} with number {Value} in extendee message {Extendee}. An extension range must declare for all extension fields if its verification state is DECLARATION or there's any declaration in the range already. Otherwise, consider splitting up the range.");

internal sealed record DeclarationReserved(SourceSpan Place, int Value, string Extension, string Extendee)
    : ExtensionDiagnostic("TL1469", Place, $"Cannot use number {Value} for extension field {Extension}, as it is reserved in the extension declarations for message {Extendee}.");

internal sealed record DeclarationMismatch(SourceSpan Place, string Extendee, int Value, string Expected)
    : ExtensionDiagnostic("TL1470", Place, $"\"{Extendee}\" extension field {Value} is expected to {Expected}.");

internal sealed record MessageSetWithField(SourceSpan Place) : ExtensionDiagnostic("TL1471", Place, "MessageSets cannot have fields, only extensions.");

internal sealed record MessageSetExtension(SourceSpan Place) : ExtensionDiagnostic("TL1472", Place, "Extensions of MessageSets must be optional messages.");

internal sealed record LiteService(SourceSpan Place)
    : ExtensionDiagnostic("TL1473", Place, "Files with optimize_for = LITE_RUNTIME cannot define services unless you set both options cc_generic_services and java_generic_services to false.");

internal sealed record LiteExtension(SourceSpan Place)
    : ExtensionDiagnostic("TL1474", Place, "Extensions to non-lite types can only be declared in non-lite files.  Note that you cannot extend a non-lite type to contain a lite type, but the reverse is allowed.");

internal sealed record UnverifiedLazyExtension(SourceSpan Place)
    : ExtensionDiagnostic("TL1475", Place, "Extensions cannot be marked as unverified_lazy.");
