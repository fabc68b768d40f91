using System.Globalization;
using System.Text;

namespace Trunkline.Compiler.Plugins;

/// <summary>Shows in an error what a plugin wrote.</summary>
internal static class PluginOutput
{
    // Enough to recognise a stack trace or a log line by; the whole may be megabytes.
    private const int Shown = 1000;

    /// <summary>Bytes as C would write them, cut where they are many.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (byte value in bytes[..Math.Min(bytes.Length, Shown)])
        {
            text.Append((char)value switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '"' => "\\\"",
                '\'' => "\\'",
                '\\' => "\\\\",
                >= ' ' and <= '~' => ((char)value).ToString(),
                _ => "\\" + Convert.ToString(value, 8).PadLeft(3, '0'),
            });
        }

        return bytes.Length <= Shown ? text.ToString() : text.Append(CultureInfo.InvariantCulture, $"... ({bytes.Length} bytes in all)").ToString();
    }
}
