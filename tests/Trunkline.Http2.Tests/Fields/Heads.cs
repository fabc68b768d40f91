using System.Text;
using Trunkline.Http2.Fields;
using Trunkline.Http2.Hpack;

namespace Trunkline.Http2.Tests.Fields;

/// <summary>Makes field blocks out of text: one field a line, name and value parted by the first <c>": "</c>.</summary>
internal static class Heads
{
    public static FieldBuffer Parse(string text)
    {
        var buffer = new FieldBuffer();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            byte[] name = Encoding.Latin1.GetBytes(line[..colon]);
            buffer.OnLiteral(FieldNames.Find(name), name, Encoding.Latin1.GetBytes(line[(colon + 2)..]), neverIndexed: false);
        }

        return buffer;
    }
}
