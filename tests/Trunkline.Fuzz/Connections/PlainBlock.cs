using System.Text;

namespace Trunkline.Fuzz.Connections;

/// <summary>Header blocks without any state: every field a literal, so that a block decodes whatever was sent before it.</summary>
internal static class PlainBlock
{
    /// <summary>Encodes fields.</summary>
    /// <param name="isAdded">Whether the fields enter the peer's dynamic table.</param>
    /// <param name="fields">Names and values.</param>
    public static byte[] Of(bool isAdded, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        List<byte> block = [];
        foreach ((string name, string value) in fields)
        {
            block.Add((byte)(isAdded ? 0x40 : 0x00));
            AddString(block, name);
            AddString(block, value);
        }

        return [.. block];
    }

    // RFC 7541 5.2 without Huffman.
    private static void AddString(List<byte> block, string text)
    {
        if (text.Length < 127)
        {
            block.Add((byte)text.Length);
        }
        else
        {
            block.Add(127);
            int rest = text.Length - 127;
            for (; rest >= 128; rest >>= 7)
            {
                block.Add((byte)(rest | 0x80));
            }

            block.Add((byte)rest);
        }

        block.AddRange(Encoding.Latin1.GetBytes(text));
    }
}
