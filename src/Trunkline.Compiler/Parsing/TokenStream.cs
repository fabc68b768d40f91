using System.Text;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Sources;
using Trunkline.Compiler.Syntax;

namespace Trunkline.Compiler.Parsing;

/// <summary>The tokens of a file and a position among them; the small questions and steps that the parser is written in.</summary>
internal sealed class TokenStream(SourceFile source, Token[] tokens, DiagnosticBag diagnostics)
{
    /// <summary>The index of the current token; the end token is never passed.</summary>
    public int Position { get; private set; }

    public Token Current => tokens[Position];

    public bool AtEnd => Current.Kind == TokenKind.End;

    public ReadOnlySpan<byte> CurrentText => source.Text.Span.Slice(Current.Start, Current.Length);

    /// <summary>The current token as a report can quote it; empty at the end.</summary>
    public string CurrentTextForReport => Encoding.UTF8.GetString(CurrentText);

    public SourceSpan CurrentSpan => source.Span(Current);

    public bool LookingAt(ReadOnlySpan<byte> text) => Current.Length == text.Length && !AtEnd && CurrentText.SequenceEqual(text);

    public bool LookingAt(TokenKind kind) => Current.Kind == kind;

    public bool NextIs(char symbol)
    {
        Token next = tokens[Math.Min(Position + 1, tokens.Length - 1)];
        return next.Kind == TokenKind.Symbol && source.Text.Span[next.Start] == symbol;
    }

    public void Advance()
    {
        if (!AtEnd)
        {
            Position++;
        }
    }

    public bool TryConsume(ReadOnlySpan<byte> text)
    {
        if (!LookingAt(text))
        {
            return false;
        }

        Advance();
        return true;
    }

    public bool Consume(ReadOnlySpan<byte> text) => TryConsume(text) || Fail(new UnexpectedToken(CurrentSpan, $"Expected \"{Encoding.UTF8.GetString(text)}\".", PlaceOfMissing));

    /// <summary>What is missing at the end of a line is found missing at the beginning of the next; null where both are one place.</summary>
    private SourceSpan? PlaceOfMissing => Position > 0 && tokens[Position - 1].Line < Current.Line ? source.Span(tokens[Position - 1]) : null;

    public bool Consume(ReadOnlySpan<byte> text, string error) => TryConsume(text) || Fail(error);

    /// <summary>Reports what was expected here. Always false, so that a caller can return it.</summary>
    public bool Fail(string error) => Fail(new UnexpectedToken(CurrentSpan, error));

    public bool Fail(Diagnostic diagnostic)
    {
        diagnostics.Add(diagnostic);
        return false;
    }

    public NameSyntax? ConsumeIdentifier(string error)
    {
        if (!LookingAt(TokenKind.Identifier))
        {
            Fail(error);
            return null;
        }

        var name = new NameSyntax(Encoding.ASCII.GetString(CurrentText)) { First = Position, Last = Position };
        Advance();
        return name;
    }

    /// <summary>Identifiers with points between them.</summary>
    public NameSyntax? ConsumeDottedName(string error)
    {
        int first = Position;
        NameSyntax? part = ConsumeIdentifier(error);
        if (part is null || !LookingAt("."u8))
        {
            return part;
        }

        var text = new StringBuilder(part.Text);
        while (TryConsume("."u8))
        {
            part = ConsumeIdentifier("Expected identifier.");
            if (part is null)
            {
                return null;
            }

            text.Append('.').Append(part.Text);
        }

        return new NameSyntax(text.ToString()) { First = first, Last = Position - 1 };
    }

    /// <summary>An integer up to <paramref name="most"/>; one that is too large is reported and read as 0, so that parsing goes on.</summary>
    public IntegerSyntax? ConsumeInteger(string error, ulong most = int.MaxValue, bool mayBeNegative = false)
    {
        int first = Position;
        bool negative = mayBeNegative && TryConsume("-"u8);
        if (!LookingAt(TokenKind.Integer))
        {
            Fail(error);
            return null;
        }

        if (!NumberReader.TryReadInteger(CurrentText, negative ? most + 1 : most, out ulong value)
            && NumberReader.IsWellFormedInteger(CurrentText))
        {
            Fail(new IntegerOutOfRange(CurrentSpan));
        }

        var number = new IntegerSyntax(value, negative) { First = first, Last = Position };
        Advance();
        return number;
    }

    /// <summary>One or more adjacent string literals.</summary>
    public StringSyntax? ConsumeString(string error)
    {
        if (!LookingAt(TokenKind.String))
        {
            Fail(error);
            return null;
        }

        int first = Position;
        var value = new System.Buffers.ArrayBufferWriter<byte>(Math.Max(Current.Length, 1));
        while (LookingAt(TokenKind.String))
        {
            ReadOnlySpan<byte> inside = CurrentText[1..];
            bool isClosed = inside.Length > 0 && inside[^1] == CurrentText[0];
            StringEscape.Decode(isClosed ? inside[..^1] : inside, value);
            Advance();
        }

        return new StringSyntax(value.WrittenSpan.ToArray()) { First = first, Last = Position - 1 };
    }
}
