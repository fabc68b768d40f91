using System.Text;

namespace Trunkline.Compiler.Lexing;

/// <summary>The comments between two tokens, sorted by what they belong to.</summary>
internal sealed record GapComments(string Trailing, IReadOnlyList<string> Detached, string Leading)
{
    public static GapComments None { get; } = new("", [], "");
}

/// <summary>
/// Reads the comments in the gap between two tokens and decides what each belongs to, as protoc does: a comment behind the previous token or directly below it
/// trails that token, the last one directly above the next token leads it, those set apart by blank lines are detached.
/// </summary>
internal ref struct CommentReader
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly StringBuilder _buffer = new();
    private readonly List<string> _detached = [];
    private readonly bool _closesScope;
    private ByteCursor _cursor;
    private string _trailing = "";
    private int _count;
    private bool _hasComment;
    private bool _isLineComment;
    private bool _hasTrailing;
    private bool _mayTrail = true;

    private CommentReader(ReadOnlySpan<byte> text, Token? previous, Token next)
    {
        _text = text[..next.Start];
        _closesScope = next.Kind == TokenKind.Symbol && text[next.Start] is (byte)'}' or (byte)']' or (byte)')';
        _cursor = previous is { } token ? new ByteCursor(_text, token.End, token.Line, token.EndColumn) : new ByteCursor(_text, 0, 0, 0);
    }

    /// <summary>Reads the gap between two tokens.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="previous">The token before the gap; null at the start of the file.</param>
    /// <param name="next">The token after the gap; the end token at the end of the file.</param>
    public static GapComments Read(ReadOnlySpan<byte> text, Token? previous, Token next)
    {
        ReadOnlySpan<byte> gap = text[(previous?.End ?? 0)..next.Start];
        return gap.Contains((byte)'/') ? new CommentReader(text, previous, next).Read(previous, next) : GapComments.None;
    }

    private GapComments Read(Token? previous, Token next)
    {
        int previousLine = previous?.Line ?? -1;
        int trailingEndLine = -1;
        if (previous is null)
        {
            _mayTrail = false;
        }
        else if (!ReadBehindPrevious(ref trailingEndLine))
        {
            return GapComments.None;
        }

        ReadLines();
        if (next.Kind == TokenKind.End || _closesScope)
        {
            // The end of a scope: nothing follows that a comment could lead.
            Flush();
        }

        if (next.Kind != TokenKind.End && (previousLine == next.Line || trailingEndLine == next.Line))
        {
            DetachSingleComment();
        }

        return new GapComments(_trailing, _detached, _hasComment ? _buffer.ToString() : "");
    }

    private bool ReadBehindPrevious(ref int trailingEndLine)
    {
        _cursor.SkipWhitespaceInLine();
        if (_cursor.Current != '/')
        {
            // Without a comment the next token must be on another line for there to be any.
            return _cursor.TryConsume('\n');
        }

        if (_cursor.Next == '/')
        {
            trailingEndLine = _cursor.Line;
            ReadLineComment();
        }
        else
        {
            ReadBlockComment();
            trailingEndLine = _cursor.Line;
            _cursor.SkipWhitespaceInLine();
        }

        // Comments on the lines below never join this one.
        Flush();
        return true;
    }

    private void ReadLines()
    {
        while (true)
        {
            _cursor.SkipWhitespaceInLine();
            if (_cursor.Current == '/' && _cursor.Next == '/')
            {
                ReadLineComment();
            }
            else if (_cursor.Current == '/')
            {
                ReadBlockComment();

                // The rest of its line is no blank line.
                _cursor.SkipWhitespaceInLine();
                _cursor.TryConsume('\n');
            }
            else if (_cursor.TryConsume('\n'))
            {
                Flush();
                _mayTrail = false;
            }
            else
            {
                return;
            }
        }
    }

    private void ReadLineComment()
    {
        if (_hasComment && !_isLineComment)
        {
            Flush();
        }

        _hasComment = true;
        _isLineComment = true;
        _cursor.Advance(2);
        int start = _cursor.Position;
        while (!_cursor.AtEnd && _cursor.Current != '\n')
        {
            _cursor.Advance();
        }

        _cursor.TryConsume('\n');
        Append(start, _cursor.Position);
    }

    private void ReadBlockComment()
    {
        if (_hasComment)
        {
            Flush();
        }

        _hasComment = true;
        _isLineComment = false;
        _cursor.Advance(2);
        int start = _cursor.Position;
        while (!_cursor.AtEnd)
        {
            if (_cursor.Current == '*' && _cursor.Next == '/')
            {
                Append(start, _cursor.Position);
                _cursor.Advance(2);
                return;
            }

            if (!_cursor.TryConsume('\n'))
            {
                _cursor.Advance();
                continue;
            }

            Append(start, _cursor.Position);
            if (SkipLineDecoration())
            {
                return;
            }

            start = _cursor.Position;
        }

        Append(start, _cursor.Position);
    }

    /// <summary>Skips the white space and the one asterisk that decorate a line of a block comment; true when the comment ends right there.</summary>
    private bool SkipLineDecoration()
    {
        _cursor.SkipWhitespaceInLine();
        return _cursor.TryConsume('*') && _cursor.TryConsume('/');
    }

    private readonly void Append(int start, int end) => _buffer.Append(Encoding.UTF8.GetString(_text[start..end]));

    /// <summary>The comment read last is complete and does not touch the next token.</summary>
    private void Flush()
    {
        if (!_hasComment)
        {
            return;
        }

        if (_mayTrail)
        {
            _trailing += _buffer.ToString();
            _hasTrailing = true;
            _mayTrail = false;
        }
        else
        {
            _detached.Add(_buffer.ToString());
        }

        _buffer.Clear();
        _hasComment = false;
        _count++;
    }

    /// <summary>One comment between two tokens that share a line could belong to either, so it belongs to neither.</summary>
    private void DetachSingleComment()
    {
        if (_count + (_hasComment ? 1 : 0) != 1)
        {
            return;
        }

        if (_hasTrailing)
        {
            _detached.Insert(0, _trailing);
            _trailing = "";
        }

        Flush();
    }
}
