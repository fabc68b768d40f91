using System.Buffers;

namespace Trunkline.Compiler.Lexing;

/// <summary>
/// Gathers tokens in a rented array. How many there will be is not known, most of some files being comments, and a list that grows or guesses leaves more garbage
/// than the tokens themselves.
/// </summary>
internal ref struct TokenBuffer
{
    private Token[] _tokens;
    private int _count;

    public TokenBuffer(int expected) => _tokens = ArrayPool<Token>.Shared.Rent(expected);

    /// <summary>The token added last; null before the first.</summary>
    public readonly Token? Last => _count == 0 ? null : _tokens[_count - 1];

    public void Add(Token token)
    {
        if (_count == _tokens.Length)
        {
            Grow();
        }

        _tokens[_count++] = token;
    }

    /// <summary>The tokens in an array of their own; the buffer is not to be used after that.</summary>
    public Token[] Detach()
    {
        Token[] tokens = _tokens.AsSpan(0, _count).ToArray();
        ArrayPool<Token>.Shared.Return(_tokens);
        _tokens = [];
        return tokens;
    }

    private void Grow()
    {
        Token[] larger = ArrayPool<Token>.Shared.Rent(_tokens.Length * 2);
        _tokens.CopyTo(larger, 0);
        ArrayPool<Token>.Shared.Return(_tokens);
        _tokens = larger;
    }
}
