using System.Globalization;
using System.Text;

namespace Trunkline.Compiler.Diagnostics;

/// <summary>
/// Text that came out of a source file, made safe to print: what could move the cursor or colour the screen, and marks that reorder or hide letters, are shown as
/// replacement characters. A source file is not to be trusted with the terminal.
/// </summary>
internal static class TerminalText
{
    public static string Visible(string text)
    {
        if (!text.EnumerateRunes().Any(IsUnsafe))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            visible.Append(Visible(rune));
        }

        return visible.ToString();
    }

    public static Rune Visible(Rune rune) => IsUnsafe(rune) ? Rune.ReplacementChar : rune;

    private static bool IsUnsafe(Rune rune) => Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;
}
