using System.Globalization;

namespace Trunkline.TableGen;

/// <summary>
/// HPACK's Huffman code (RFC 7541 Appendix B). The code is canonical: the lengths alone determine it. Sort the symbols by length, then by value,
/// and count upwards, shifting left whenever the length grows.
/// </summary>
public sealed class HuffmanCode
{
    /// <summary>The end-of-string symbol, 30 ones. It never appears in a coded string; its leading bits are the padding.</summary>
    public const int EndOfString = 256;

    // Row r holds the lengths of symbols 16r to 16r+15; the last number is the end-of-string symbol.
    private const string LengthTable = """
        13 23 28 28 28 28 28 28 28 24 30 28 28 30 28 28
        28 28 28 28 28 28 30 28 28 28 28 28 28 28 28 28
         6 10 10 12 13  6  8 11 10 10  8 11  8  6  6  6
         5  5  5  6  6  6  6  6  6  6  7  8 15  6 12 10
        13  6  7  7  7  7  7  7  7  7  7  7  7  7  7  7
         7  7  7  7  7  7  7  7  8  7  8 13 19 13 14  6
        15  5  6  5  6  5  6  6  6  5  7  7  6  6  6  5
         6  7  6  5  5  6  7  7  7  7  7 15 11 14 13 28
        20 22 20 20 22 22 22 23 22 23 23 23 23 23 24 23
        24 24 22 23 24 23 23 23 23 21 22 23 22 23 23 24
        22 21 20 22 22 23 23 21 23 22 22 24 21 22 23 23
        21 21 22 21 23 22 23 23 20 22 22 22 23 22 22 23
        26 26 20 19 22 23 22 25 26 26 26 27 27 26 24 25
        19 21 26 27 27 26 27 24 21 21 26 26 28 27 27 27
        20 24 20 21 22 21 21 23 22 22 25 25 24 24 26 23
        26 27 26 26 27 27 27 27 27 28 27 27 27 27 27 26
        30
        """;

    private HuffmanCode(int[] lengths, uint[] codes)
    {
        Lengths = lengths;
        Codes = codes;
    }

    /// <summary>Length of each symbol's code, in bits.</summary>
    public IReadOnlyList<int> Lengths { get; }

    /// <summary>Each symbol's code, in the low bits.</summary>
    public IReadOnlyList<uint> Codes { get; }

    /// <summary>Derives the codes from the lengths.</summary>
    public static HuffmanCode Create()
    {
        var lengths = LengthTable
            .Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture))
            .ToArray();
        var codes = new uint[lengths.Length];
        var next = 0u;
        var length = 0;
        foreach (var symbol in Enumerable.Range(0, lengths.Length).OrderBy(symbol => lengths[symbol]).ThenBy(symbol => symbol))
        {
            next <<= lengths[symbol] - length;
            length = lengths[symbol];
            codes[symbol] = next++;
        }

        return new HuffmanCode(lengths, codes);
    }
}
