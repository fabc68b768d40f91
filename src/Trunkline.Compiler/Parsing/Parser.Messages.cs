using System.Text;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Parsing;

/// <content>Messages, fields, oneofs, extensions, reserved numbers and names.</content>
internal sealed partial class Parser
{
    // protoc's limit of 31 levels, counted from 0; it keeps every later walk over nested messages from overflowing the stack.
    private const int DeepestMessage = 30;

    private MessageSyntax? ParseMessage(int depth, SymbolVisibility? visibility)
    {
        if (depth > DeepestMessage)
        {
            _tokens.Fail(new NestedTooDeep(_tokens.CurrentSpan, "messages"));
            return null;
        }

        int first = _tokens.Position;
        _tokens.Advance();
        NameSyntax? name = _tokens.ConsumeIdentifier("Expected message name.");
        if (name is null)
        {
            return null;
        }

        var message = new MessageSyntax { First = first, Name = name, Visibility = visibility };
        return ParseMessageBody(message, message, depth) ? Finish(message, first) : null;
    }

    private bool ParseMessageBody(MessageSyntax message, SyntaxNode owner, int depth)
    {
        if (!ConsumeEnd("{"u8, owner))
        {
            return false;
        }

        // A message whose body is cut off by the end of the file is still declared.
        ParseBody(message, "message definition", body => ParseMessageStatement(body, depth));
        return true;
    }

    private bool ParseMessageStatement(MessageSyntax message, int depth)
    {
        if (!TryParseVisibility(out SymbolVisibility? visibility))
        {
            return false;
        }

        if (_tokens.LookingAt("message"u8))
        {
            return Add(message.Members, ParseMessage(depth + 1, visibility));
        }

        if (_tokens.LookingAt("enum"u8))
        {
            return Add(message.Members, ParseEnum(visibility));
        }

        if (_tokens.LookingAt("extensions"u8))
        {
            return Add(message.Members, ParseExtensions());
        }

        if (_tokens.LookingAt("reserved"u8))
        {
            return Add(message.Members, ParseReserved(ofEnum: false));
        }

        if (_tokens.LookingAt("extend"u8))
        {
            return Add(message.Members, ParseExtend(depth));
        }

        if (_tokens.LookingAt("option"u8))
        {
            return Add(message.Members, ParseOptionStatement());
        }

        if (_tokens.LookingAt("oneof"u8))
        {
            return Add(message.Members, ParseOneof(depth));
        }

        return Add(message.Members, ParseField(FieldPlace.Message, depth));
    }

    private enum FieldPlace
    {
        Message,
        Oneof,
        Extension,
    }

    private FieldSyntax? ParseField(FieldPlace place, int depth)
    {
        var field = new FieldSyntax { First = _tokens.Position };
        ParseLabel(field, place);
        TypeSyntax? type = ParseFieldType(field, place);
        if (type is null)
        {
            return null;
        }

        field.Type = type;
        NameSyntax? name = _tokens.ConsumeIdentifier("Expected field name.");
        if (name is null || !_tokens.Consume("="u8, "Missing field number."))
        {
            return null;
        }

        field.Name = name;
        IntegerSyntax? number = _tokens.ConsumeInteger("Expected field number.");
        if (number is null)
        {
            return null;
        }

        field.Number = number;
        if (_tokens.LookingAt("["u8) && (field.Options = ParseCompactOptions(field)) is null)
        {
            return null;
        }

        bool ended = type.Scalar == FieldType.Group ? ParseGroupBody(field, depth) : ConsumeEnd(";"u8, field);
        return ended ? Finish(field, field.First) : null;
    }

    private void ParseLabel(FieldSyntax field, FieldPlace place)
    {
        FieldLabel? label = _tokens.LookingAt("optional"u8) ? FieldLabel.Optional
            : _tokens.LookingAt("repeated"u8) ? FieldLabel.Repeated
            : _tokens.LookingAt("required"u8) ? FieldLabel.Required
            : null;
        if (label is null)
        {
            return;
        }

        if (place == FieldPlace.Oneof)
        {
            _tokens.Fail(new LabelInOneof(_tokens.CurrentSpan));
        }
        else if (_file.Level == SyntaxLevel.Editions && label != FieldLabel.Repeated)
        {
            _tokens.Fail(label == FieldLabel.Optional ? new OptionalInEditions(_tokens.CurrentSpan) : new RequiredInEditions(_tokens.CurrentSpan));
        }

        field.Label = label;
        field.LabelToken = _tokens.Position;
        _tokens.Advance();
    }

    private TypeSyntax? ParseFieldType(FieldSyntax field, FieldPlace place)
    {
        if (_tokens.LookingAt("map"u8))
        {
            return _tokens.NextIs('<') ? ParseMapType(field, place) : ParseTypeCalledMap();
        }

        if (_file.Level == SyntaxLevel.Proto2 && field.Label is null && place != FieldPlace.Oneof)
        {
            // What was meant is clear enough to go on.
            _tokens.Fail(new LabelMissing(_tokens.CurrentSpan));
        }

        return ParseType();
    }

    /// <summary>A message may be called map, but no longer name can begin with that word.</summary>
    private TypeSyntax ParseTypeCalledMap()
    {
        int first = _tokens.Position;
        _tokens.Advance();
        return Finish(new TypeSyntax { Name = "map" }, first);
    }

    private TypeSyntax? ParseMapType(FieldSyntax field, FieldPlace place)
    {
        int first = _tokens.Position;
        _tokens.Advance();
        Diagnostic? misplaced = place switch
        {
            FieldPlace.Oneof => new MapInOneof(_tokens.CurrentSpan),
            FieldPlace.Extension => new MapExtension(_tokens.CurrentSpan),
            _ when field.Label is not null => new LabelOnMap(_tokens.CurrentSpan),
            _ => null,
        };
        if (misplaced is not null)
        {
            _tokens.Fail(misplaced);
            return null;
        }

        var map = new TypeSyntax();
        _tokens.Advance();
        map.MapKey = ParseType();
        if (map.MapKey is null || !_tokens.Consume(","u8))
        {
            return null;
        }

        map.MapValue = ParseType();
        return map.MapValue is not null && _tokens.Consume(">"u8) ? Finish(map, first) : null;
    }

    private TypeSyntax? ParseType()
    {
        FieldType? scalar = ScalarTypes.Find(_tokens.CurrentText);
        if (scalar is null || !_tokens.LookingAt(TokenKind.Identifier))
        {
            return ParseNamedType();
        }

        if (scalar == FieldType.Group && _file.Level == SyntaxLevel.Editions)
        {
            _tokens.Fail(new GroupInEditions(_tokens.CurrentSpan));
        }

        int first = _tokens.Position;
        _tokens.Advance();
        return Finish(new TypeSyntax { Scalar = scalar }, first);
    }

    /// <summary>The name of a message or enum; a scalar keyword in its place is reported and taken, so that parsing goes on.</summary>
    private TypeSyntax? ParseNamedType()
    {
        int first = _tokens.Position;
        if (ScalarTypes.Find(_tokens.CurrentText) is not null)
        {
            _tokens.Fail(new MessageTypeExpected(_tokens.CurrentSpan));
            _tokens.Advance();
            return Finish(new TypeSyntax { Name = "" }, first);
        }

        bool isAbsolute = _tokens.TryConsume("."u8);
        NameSyntax? name = _tokens.ConsumeDottedName("Expected type name.");
        return name is null ? null : Finish(new TypeSyntax { Name = isAbsolute ? "." + name.Text : name.Text }, first);
    }

    private bool ParseGroupBody(FieldSyntax field, int depth)
    {
        if (field.Name.Text[0] is < 'A' or > 'Z')
        {
            _tokens.Fail(new GroupNameCase(_file.Span(field.Name)));
        }

        if (!_tokens.LookingAt("{"u8))
        {
            return _tokens.Fail(new MissingGroupBody(_tokens.CurrentSpan));
        }

        if (depth + 1 > DeepestMessage)
        {
            return _tokens.Fail(new NestedTooDeep(_tokens.CurrentSpan, "messages"));
        }

        var body = new MessageSyntax { Name = field.Name, Group = field };
        if (!ParseMessageBody(body, body, depth + 1))
        {
            return false;
        }

        field.GroupBody = Finish(body, field.First);
        return true;
    }

    private OneofSyntax? ParseOneof(int depth)
    {
        int first = _tokens.Position;
        _tokens.Advance();
        NameSyntax? name = _tokens.ConsumeIdentifier("Expected oneof name.");
        if (name is null)
        {
            return null;
        }

        var oneof = new OneofSyntax { First = first, Name = name };
        if (!ConsumeEnd("{"u8, oneof))
        {
            return null;
        }

        ParseBody(oneof, "oneof definition", body => _tokens.LookingAt("option"u8)
            ? Add(body.Members, ParseOptionStatement())
            : Add(body.Members, ParseField(FieldPlace.Oneof, depth)), mayHaveEmptyStatements: false);
        return Finish(oneof, first);
    }

    private ExtendSyntax? ParseExtend(int depth)
    {
        int first = _tokens.Position;
        _tokens.Advance();
        TypeSyntax? extendee = ParseNamedType();
        if (extendee is null)
        {
            return null;
        }

        var extend = new ExtendSyntax { First = first, Extendee = extendee };
        if (!ConsumeEnd("{"u8, extend))
        {
            return null;
        }

        if (_tokens.LookingAt("}"u8))
        {
            _tokens.Fail(new ExtendEmpty(_file.Span(extendee)));
        }

        ParseBody(extend, "extend definition", body => Add(body.Fields, ParseField(FieldPlace.Extension, depth)), mayHaveEmptyStatements: false);
        return Finish(extend, first);
    }

    private ExtensionsSyntax? ParseExtensions()
    {
        var extensions = new ExtensionsSyntax { First = _tokens.Position };
        _tokens.Advance();
        do
        {
            RangeSyntax? range = ParseRange("Expected field number range.", mayBeNegative: false);
            if (range is null)
            {
                return null;
            }

            extensions.Ranges.Add(range);
        }
        while (_tokens.TryConsume(","u8));

        if (_tokens.LookingAt("["u8) && (extensions.Options = ParseCompactOptions(field: null)) is null)
        {
            return null;
        }

        return ConsumeEnd(";"u8, extensions) ? Finish(extensions, extensions.First) : null;
    }

    private ReservedSyntax? ParseReserved(bool ofEnum)
    {
        var reserved = new ReservedSyntax { First = _tokens.Position };
        _tokens.Advance();
        bool inEditions = _file.Level == SyntaxLevel.Editions;
        bool read = _tokens.Current.Kind switch
        {
            TokenKind.Identifier => inEditions ? ParseReservedIdentifiers(reserved, ofEnum) : _tokens.Fail(new ReservedNameNotString(_tokens.CurrentSpan)),
            TokenKind.String => inEditions ? _tokens.Fail(new ReservedNameNotIdentifier(_tokens.CurrentSpan)) : ParseReservedStrings(reserved, ofEnum),
            _ => ParseReservedRanges(reserved, ofEnum),
        };
        return read && ConsumeEnd(";"u8, reserved) ? Finish(reserved, reserved.First) : null;
    }

    private bool ParseReservedIdentifiers(ReservedSyntax reserved, bool ofEnum)
    {
        do
        {
            NameSyntax? name = _tokens.ConsumeIdentifier(ofEnum ? "Expected enum value identifier." : "Expected field name identifier.");
            if (name is null)
            {
                return false;
            }

            reserved.Names.Add(new StringSyntax(Encoding.ASCII.GetBytes(name.Text)) { First = name.First, Last = name.Last });
        }
        while (_tokens.TryConsume(","u8));
        return true;
    }

    private bool ParseReservedStrings(ReservedSyntax reserved, bool ofEnum)
    {
        do
        {
            StringSyntax? name = _tokens.ConsumeString(ofEnum ? "Expected enum value string literal." : "Expected field name string literal.");
            if (name is null)
            {
                return false;
            }

            if (!IsIdentifier(name.Value))
            {
                _tokens.Fail(new ReservedNameNoIdentifier(_file.Span(name), name.Text));
            }

            reserved.Names.Add(name);
        }
        while (_tokens.TryConsume(","u8));
        return true;
    }

    private static bool IsIdentifier(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (!CharacterClass.IsLetter(name[i]) && (i == 0 || !CharacterClass.IsDigit(name[i])))
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    private bool ParseReservedRanges(ReservedSyntax reserved, bool ofEnum)
    {
        string thing = ofEnum ? "enum value" : "field name";
        string error = $"Expected {thing} or number range.";
        do
        {
            RangeSyntax? range = ParseRange(error, mayBeNegative: ofEnum);
            if (range is null)
            {
                return false;
            }

            reserved.Ranges.Add(range);
            error = ofEnum ? "Expected enum number range." : "Expected field number range.";
        }
        while (_tokens.TryConsume(","u8));
        return true;
    }

    private RangeSyntax? ParseRange(string error, bool mayBeNegative)
    {
        int first = _tokens.Position;
        IntegerSyntax? start = _tokens.ConsumeInteger(error, mayBeNegative: mayBeNegative);
        if (start is null)
        {
            return null;
        }

        var range = new RangeSyntax { Start = start, End = start };
        if (_tokens.TryConsume("to"u8))
        {
            int endToken = _tokens.Position;
            range.EndsAtMax = _tokens.TryConsume("max"u8);
            IntegerSyntax? end = range.EndsAtMax
                ? Finish(new IntegerSyntax(int.MaxValue, false), endToken)
                : _tokens.ConsumeInteger("Expected integer.", mayBeNegative: mayBeNegative);
            if (end is null)
            {
                return null;
            }

            range.End = end;
        }

        return Finish(range, first);
    }
}
