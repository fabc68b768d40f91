namespace Trunkline.TableGen;

/// <summary>
/// The code as a binary tree whose inner nodes are the decoder's states: 257 leaves make exactly 256 inner nodes, so that a state fits in a byte.
/// </summary>
internal sealed class HuffmanTree
{
    // A child is an inner node when not negative, and the leaf of symbol ~child when negative.
    private readonly List<int[]> _children = [[int.MinValue, int.MinValue]];
    private readonly List<bool> _isPadding = [true];

    public HuffmanTree(HuffmanCode code)
    {
        for (var symbol = 0; symbol < code.Codes.Count; symbol++)
        {
            Add(symbol, code.Codes[symbol], code.Lengths[symbol]);
        }
    }

    public int StateCount => _children.Count;

    /// <summary>Whether the bits since the last whole symbol, fewer than eight and all ones, are legal padding.</summary>
    public bool IsPadding(int state) => _isPadding[state];

    /// <summary>Follows four bits from a state. At most one symbol ends within them: the shortest code has five bits.</summary>
    public (int State, int? Symbol) Step(int state, int nibble)
    {
        int? symbol = null;
        for (var bit = 3; bit >= 0; bit--)
        {
            state = _children[state][(nibble >> bit) & 1];
            if (state < 0)
            {
                symbol = ~state;
                state = 0;
                if (symbol == HuffmanCode.EndOfString)
                {
                    break;
                }
            }
        }

        return (state, symbol);
    }

    private void Add(int symbol, uint code, int length)
    {
        var node = 0;
        var onesOnly = true;
        for (var bit = length - 1; bit > 0; bit--)
        {
            var branch = (int)(code >> bit) & 1;
            onesOnly &= branch == 1;
            if (_children[node][branch] == int.MinValue)
            {
                _children[node][branch] = _children.Count;
                _children.Add([int.MinValue, int.MinValue]);
                _isPadding.Add(onesOnly && length - bit < 8);
            }

            node = _children[node][branch];
        }

        _children[node][(int)code & 1] = ~symbol;
    }
}
