using System.Text;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Syntax;

namespace Trunkline.Compiler.Parsing;

/// <content>Options in both forms, and their names.</content>
internal sealed partial class Parser
{
    private OptionSyntax? ParseOptionStatement()
    {
        int first = _tokens.Position;
        if (!_tokens.Consume("option"u8))
        {
            return null;
        }

        OptionSyntax? option = ParseOptionAssignment();
        return option is not null && ConsumeEnd(";"u8, option) ? Finish(option, first) : null;
    }

    private CompactOptionsSyntax? ParseCompactOptions(FieldSyntax? field)
    {
        var options = new CompactOptionsSyntax { First = _tokens.Position };
        _tokens.Advance();
        do
        {
            bool read = field is not null && _tokens.LookingAt("default"u8) ? Add(options.Items, ParseDefault(options, field.Type))
                : field is not null && _tokens.LookingAt("json_name"u8) ? Add(options.Items, ParseJsonName(options))
                : Add(options.Items, ParseOptionAssignment());
            if (!read)
            {
                return null;
            }
        }
        while (_tokens.TryConsume(","u8));

        return _tokens.Consume("]"u8) ? Finish(options, options.First) : null;
    }

    private JsonNameSyntax? ParseJsonName(CompactOptionsSyntax options)
    {
        if (options.Items.Exists(item => item is JsonNameSyntax))
        {
            _tokens.Fail(new DuplicatePseudoOption(_tokens.CurrentSpan, "json_name"));
        }

        int first = _tokens.Position;
        _tokens.Advance();
        StringSyntax? value = _tokens.Consume("="u8) ? _tokens.ConsumeString("Expected string for JSON name.") : null;
        return value is null ? null : Finish(new JsonNameSyntax { Value = value }, first);
    }

    private OptionSyntax? ParseOptionAssignment()
    {
        var option = new OptionSyntax { First = _tokens.Position };
        do
        {
            OptionNamePartSyntax? part = ParseOptionNamePart();
            if (part is null)
            {
                return null;
            }

            option.Name.Add(part);
        }
        while (_tokens.TryConsume("."u8));

        ValueSyntax? value = _tokens.Consume("="u8) ? ParseValue() : null;
        if (value is null)
        {
            return null;
        }

        option.Value = value;
        return Finish(option, option.First);
    }

    private OptionNamePartSyntax? ParseOptionNamePart()
    {
        int first = _tokens.Position;
        if (!_tokens.TryConsume("("u8))
        {
            NameSyntax? name = _tokens.ConsumeIdentifier("Expected identifier.");
            return name is null ? null : Finish(new OptionNamePartSyntax(name.Text, false), first);
        }

        bool isAbsolute = _tokens.TryConsume("."u8);
        NameSyntax? extension = _tokens.ConsumeDottedName("Expected identifier.");
        if (extension is null || !_tokens.Consume(")"u8))
        {
            return null;
        }

        return Finish(new OptionNamePartSyntax(isAbsolute ? "." + extension.Text : extension.Text, true), first);
    }

    /// <summary>One value, or in braces a message in text form.</summary>
    private ValueSyntax? ParseValue()
    {
        if (_tokens.LookingAt("{"u8))
        {
            int first = _tokens.Position;
            AggregateSyntax? aggregate = ParseAggregate("}"u8, depth: 0);
            if (aggregate is null)
            {
                SkipAggregate(first);
            }

            return aggregate;
        }

        if (_tokens.AtEnd)
        {
            _tokens.Fail("Unexpected end of stream while parsing option value.");
            return null;
        }

        return ParseScalar("Expected option value.", text => text is "inf" or "nan");
    }

    /// <summary>After a fault inside braces, goes on behind the brace that closes the outermost of them.</summary>
    private void SkipAggregate(int first)
    {
        int depth = 0;
        for (int i = first; i < _tokens.Position; i++)
        {
            depth += BraceStep(i);
        }

        while (depth > 0 && !_tokens.AtEnd)
        {
            depth += BraceStep(_tokens.Position);
            _tokens.Advance();
        }
    }

    private int BraceStep(int token)
    {
        Token candidate = _file.Tokens[token];
        if (candidate.Kind != TokenKind.Symbol)
        {
            return 0;
        }

        return _file.Source.Text.Span[candidate.Start] switch
        {
            (byte)'{' => 1,
            (byte)'}' => -1,
            _ => 0,
        };
    }

    /// <summary>Which words may follow a minus differs between option statements and text form.</summary>
    private ValueSyntax? ParseScalar(string error, Predicate<string> isAllowedBehindMinus)
    {
        int first = _tokens.Position;
        bool isNegative = _tokens.TryConsume("-"u8);
        switch (_tokens.Current.Kind)
        {
            case TokenKind.Identifier:
                return ParseIdentifierValue(first, isNegative, isAllowedBehindMinus);
            case TokenKind.Integer:
                return ParseIntegerValue(first, isNegative);
            case TokenKind.Float:
                double value = NumberReader.ReadDouble(_tokens.CurrentText, TokenKind.Float);
                _tokens.Advance();
                return Finish(new FloatSyntax(isNegative ? -value : value), first);
            case TokenKind.String when isNegative:
                _tokens.Fail(new MinusBeforeString(_tokens.CurrentSpan));
                return null;
            case TokenKind.String:
                return _tokens.ConsumeString("Expected string.");
            default:
                _tokens.Fail(error);
                return null;
        }
    }

    private IdentifierSyntax? ParseIdentifierValue(int first, bool isNegative, Predicate<string> isAllowedBehindMinus)
    {
        string text = Encoding.ASCII.GetString(_tokens.CurrentText);
        if (isNegative && !isAllowedBehindMinus(text))
        {
            _tokens.Fail(new MinusBeforeIdentifier(_tokens.CurrentSpan));
            return null;
        }

        _tokens.Advance();
        return Finish(new IdentifierSyntax(text) { IsNegative = isNegative }, first);
    }

    /// <summary>An integer too large for 64 bits is still a number where a floating-point one is wanted.</summary>
    private ValueSyntax ParseIntegerValue(int first, bool isNegative)
    {
        ulong most = isNegative ? (ulong)long.MaxValue + 1 : ulong.MaxValue;
        ValueSyntax value = NumberReader.TryReadInteger(_tokens.CurrentText, most, out ulong magnitude)
            ? new IntegerSyntax(magnitude, isNegative)
            : new FloatSyntax(NumberReader.ReadDouble(_tokens.CurrentText, TokenKind.Float) * (isNegative ? -1 : 1));
        _tokens.Advance();
        return Finish(value, first);
    }
}
