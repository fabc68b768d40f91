using System.Text;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Parsing;

/// <content>Defaults of fields. Which value may stand there is known from the type's keyword, unlike with options.</content>
internal sealed partial class Parser
{
    private DefaultSyntax? ParseDefault(CompactOptionsSyntax options, TypeSyntax type)
    {
        if (options.Items.Exists(item => item is DefaultSyntax))
        {
            _tokens.Fail(new DuplicatePseudoOption(_tokens.CurrentSpan, "default"));
        }

        _tokens.Advance();
        if (!_tokens.Consume("="u8))
        {
            return null;
        }

        int first = _tokens.Position;
        ValueSyntax? value = ParseDefaultValue(type.Scalar);
        return value is null ? null : Finish(new DefaultSyntax { Value = value }, first);
    }

    private ValueSyntax? ParseDefaultValue(FieldType? type) => type switch
    {
        null => ParseDefaultOfNamedType(),
        FieldType.Bool => ParseDefaultBoolean(),
        FieldType.String => _tokens.ConsumeString("Expected string for field default value."),
        FieldType.Bytes => _tokens.ConsumeString("Expected string."),
        FieldType.Float or FieldType.Double => ParseDefaultNumber(),
        FieldType.Group => FailDefault(new DefaultOnMessage(_tokens.CurrentSpan)),
        FieldType.UInt32 or FieldType.Fixed32 => ParseUnsignedDefault(uint.MaxValue),
        FieldType.UInt64 or FieldType.Fixed64 => ParseUnsignedDefault(ulong.MaxValue),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => ParseSignedDefault(long.MaxValue),
        _ => ParseSignedDefault(int.MaxValue),
    };

    /// <summary>The type may be an enum or a message; any one token will do here, and what it is worth is decided when the name is resolved.</summary>
    private ValueSyntax? ParseDefaultOfNamedType()
    {
        int first = _tokens.Position;
        if (_tokens.AtEnd)
        {
            _tokens.Fail("Expected enum identifier for field default value.");
            return null;
        }

        ValueSyntax value = _tokens.LookingAt(TokenKind.Identifier) ? new IdentifierSyntax(Encoding.ASCII.GetString(_tokens.CurrentText)) : new StringSyntax([]);
        _tokens.Advance();
        return Finish(value, first);
    }

    private IdentifierSyntax? ParseDefaultBoolean()
    {
        if (_tokens.LookingAt("true"u8) || _tokens.LookingAt("false"u8))
        {
            return ParseDefaultWord(_tokens.Position, isNegative: false);
        }

        _tokens.Fail("Expected \"true\" or \"false\".");
        return null;
    }

    private IntegerSyntax? ParseUnsignedDefault(ulong most)
    {
        if (_tokens.TryConsume("-"u8))
        {
            _tokens.Fail(new UnsignedDefaultNegative(_tokens.CurrentSpan));
            return null;
        }

        return _tokens.ConsumeInteger("Expected integer for field default value.", most);
    }

    private IntegerSyntax? ParseSignedDefault(ulong most)
    {
        int first = _tokens.Position;
        bool isNegative = _tokens.TryConsume("-"u8);
        IntegerSyntax? magnitude = _tokens.ConsumeInteger("Expected integer for field default value.", isNegative ? most + 1 : most);
        return magnitude is null ? null : Finish(new IntegerSyntax(magnitude.Magnitude, isNegative), first);
    }

    private ValueSyntax? ParseDefaultNumber()
    {
        int first = _tokens.Position;
        bool isNegative = _tokens.TryConsume("-"u8);
        switch (_tokens.Current.Kind)
        {
            case TokenKind.Identifier when _tokens.LookingAt("inf"u8) || _tokens.LookingAt("nan"u8):
                return ParseDefaultWord(first, isNegative);
            case TokenKind.Integer when IsTooLargeForAnyNumber():
                return FailDefault(new IntegerOutOfRange(_tokens.CurrentSpan));
            case TokenKind.Integer or TokenKind.Float:
                double value = NumberReader.ReadDouble(_tokens.CurrentText, _tokens.Current.Kind);
                _tokens.Advance();
                return Finish(new FloatSyntax(isNegative ? -value : value), first);
            default:
                _tokens.Fail("Expected number.");
                return null;
        }
    }

    /// <summary>Decimal digits past 64 bits are still a floating-point number; octal and hexadecimal ones are only integers.</summary>
    private bool IsTooLargeForAnyNumber()
        => _tokens.CurrentText is [(byte)'0', _, ..] && !NumberReader.TryReadInteger(_tokens.CurrentText, ulong.MaxValue, out _);

    private IdentifierSyntax ParseDefaultWord(int first, bool isNegative)
    {
        var word = new IdentifierSyntax(Encoding.ASCII.GetString(_tokens.CurrentText)) { IsNegative = isNegative };
        _tokens.Advance();
        return Finish(word, first);
    }

    private ValueSyntax? FailDefault(Diagnostic diagnostic)
    {
        _tokens.Fail(diagnostic);
        return null;
    }
}
