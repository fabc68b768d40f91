using Trunkline.TableGen;

namespace Trunkline.Fuzz.Hpack;

/// <summary>RFC 7541 5.2, bit by bit down a tree.</summary>
internal static class ReferenceHuffman
{
    private static readonly Node Root = Build();

    /// <summary>Decodes a string; null when it contains end-of-string or ends in anything but fewer than eight ones.</summary>
    public static byte[]? Decode(byte[] coded)
    {
        var octets = new List<byte>();
        Node node = Root;
        int bitsSinceSymbol = 0;
        bool onlyOnes = true;
        for (int bit = 0; bit < coded.Length * 8; bit++)
        {
            bool isOne = (coded[bit / 8] & (0x80 >> (bit % 8))) != 0;
            node = (isOne ? node.One : node.Zero)!;
            bitsSinceSymbol++;
            onlyOnes &= isOne;
            if (node.Symbol == HuffmanCode.EndOfString)
            {
                return null;
            }

            if (node.Symbol >= 0)
            {
                octets.Add((byte)node.Symbol);
                node = Root;
                bitsSinceSymbol = 0;
                onlyOnes = true;
            }
        }

        return bitsSinceSymbol < 8 && onlyOnes ? [.. octets] : null;
    }

    private static Node Build()
    {
        var code = HuffmanCode.Create();
        var root = new Node();
        for (int symbol = 0; symbol <= HuffmanCode.EndOfString; symbol++)
        {
            Node node = root;
            for (int bit = code.Lengths[symbol] - 1; bit >= 0; bit--)
            {
                node = (code.Codes[symbol] & (1u << bit)) != 0 ? node.One ??= new Node() : node.Zero ??= new Node();
            }

            node.Symbol = symbol;
        }

        return root;
    }

    private sealed class Node
    {
        public Node? Zero { get; set; }

        public Node? One { get; set; }

        public int Symbol { get; set; } = -1;
    }
}
