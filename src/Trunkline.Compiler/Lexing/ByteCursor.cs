namespace Trunkline.Compiler.Lexing;

/// <summary>Walks over source bytes and keeps the line and column; shared by the lexer and by the reader of comments.</summary>
internal ref struct ByteCursor(ReadOnlySpan<byte> text, int position, int line, int column)
{
    // A tab advances to the next multiple of this many columns; source info and messages count the same way.
    private const int TabWidth = 8;

    private readonly ReadOnlySpan<byte> _text = text;

    public int Position { get; private set; } = position;

    public int Line { get; private set; } = line;

    public int Column { get; private set; } = column;

    public readonly bool AtEnd => Position >= _text.Length;

    /// <summary>The byte here; 0 at the end, so a caller that accepts 0 must ask <see cref="AtEnd"/>.</summary>
    public readonly byte Current => AtEnd ? (byte)0 : _text[Position];

    public readonly byte Next => Position + 1 < _text.Length ? _text[Position + 1] : (byte)0;

    public void Advance()
    {
        switch (_text[Position++])
        {
            case (byte)'\n':
                Line++;
                Column = 0;
                break;
            case (byte)'\t':
                Column += TabWidth - (Column % TabWidth);
                break;
            default:
                Column++;
                break;
        }
    }

    public void Advance(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Advance();
        }
    }

    public bool TryConsume(char expected)
    {
        if (AtEnd || _text[Position] != expected)
        {
            return false;
        }

        Advance();
        return true;
    }

    public void SkipWhitespaceInLine()
    {
        while (!AtEnd && CharacterClass.IsWhitespaceInLine(Current))
        {
            Advance();
        }
    }
}
