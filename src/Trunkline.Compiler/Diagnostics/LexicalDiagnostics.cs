namespace Trunkline.Compiler.Diagnostics;

/// <summary>What the bytes and tokens of a file can get wrong: TL1001 to TL1099.</summary>
internal abstract record LexicalDiagnostic(string Number, SourceSpan Place, string Text, DiagnosticSeverity Gravity = DiagnosticSeverity.Error)
    : Diagnostic(Number, Gravity, Place, Text);

internal sealed record ControlCharacters(SourceSpan Place)
    : LexicalDiagnostic("TL1001", Place, "Invalid control characters encountered in text.");

internal sealed record NonAsciiCharacter(SourceSpan Place, byte Value)
    : LexicalDiagnostic("TL1002", Place, $"Interpreting non ascii codepoint {Value}.");

internal sealed record NestedComment(SourceSpan Place)
    : LexicalDiagnostic("TL1003", Place, "\"/*\" inside block comment.  Block comments cannot be nested.");

internal sealed record UnterminatedComment(SourceSpan Place)
    : LexicalDiagnostic("TL1004", Place, "End-of-file inside block comment. The comment starts here.");

internal sealed record StringEndsWithFile(SourceSpan Place)
    : LexicalDiagnostic("TL1005", Place, "Unexpected end of string.");

internal sealed record StringCrossesLine(SourceSpan Place)
    : LexicalDiagnostic("TL1006", Place, "Multiline strings are not allowed. Did you miss a \"?.");

internal sealed record InvalidEscape(SourceSpan Place)
    : LexicalDiagnostic("TL1007", Place, "Invalid escape sequence in string literal.");

internal sealed record HexEscapeExpected(SourceSpan Place)
    : LexicalDiagnostic("TL1008", Place, "Expected hex digits for escape sequence.");

internal sealed record ShortUnicodeEscapeExpected(SourceSpan Place)
    : LexicalDiagnostic("TL1009", Place, "Expected four hex digits for \\u escape sequence.");

internal sealed record LongUnicodeEscapeExpected(SourceSpan Place)
    : LexicalDiagnostic("TL1010", Place, "Expected eight hex digits up to 10ffff for \\U escape sequence");

internal sealed record HexDigitsExpected(SourceSpan Place)
    : LexicalDiagnostic("TL1011", Place, "\"0x\" must be followed by hex digits.");

internal sealed record OctalDigitsExpected(SourceSpan Place)
    : LexicalDiagnostic("TL1012", Place, "Numbers starting with leading zero must be in octal.");

internal sealed record ExponentExpected(SourceSpan Place)
    : LexicalDiagnostic("TL1013", Place, "\"e\" must be followed by exponent.");

internal sealed record NumberTouchesIdentifier(SourceSpan Place)
    : LexicalDiagnostic("TL1014", Place, "Need space between number and identifier.");

internal sealed record SecondDecimalPoint(SourceSpan Place)
    : LexicalDiagnostic("TL1015", Place, "Already saw decimal point or exponent; can't have another one.");

internal sealed record PointInInteger(SourceSpan Place)
    : LexicalDiagnostic("TL1016", Place, "Hex and octal numbers must be integers.");

internal sealed record DecimalPointAfterIdentifier(SourceSpan Place)
    : LexicalDiagnostic("TL1017", Place, "Need space between identifier and decimal point.");

internal sealed record WrongByteOrderMark(SourceSpan Place)
    : LexicalDiagnostic("TL1018", Place, "Proto file starts with 0xEF but not UTF-8 BOM. Only UTF-8 is accepted for proto file.");

internal sealed record InvalidUtf8(SourceSpan Place)
    : LexicalDiagnostic("TL1019", Place, "The file is not valid UTF-8 here. Save it as UTF-8; bytes in a literal can be written as \\xNN.", DiagnosticSeverity.Warning);
