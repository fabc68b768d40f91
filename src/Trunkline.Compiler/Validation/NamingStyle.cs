using System.Text;

namespace Trunkline.Compiler.Validation;

/// <summary>Turns names into what the style guide would have them be, as suggestions.</summary>
internal static class NamingStyle
{
    public static string ToSnakeCase(string name) => string.Join('_', Words(name)).ToLowerInvariant();

    public static string ToUpperCase(string name) => string.Join('_', Words(name)).ToUpperInvariant();

    public static string ToTitleCase(string name) => string.Concat(Words(name).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>
    /// Words end at underscores and where small letters or digits are followed by a capital one. One that begins with a digit belongs to the word before it: an underscore
    /// between them is against the style.
    /// </summary>
    private static List<string> Words(string name)
    {
        List<string> words = [];
        var word = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool endsBefore = name[i] == '_' || (i > 0 && char.IsAsciiLetterUpper(name[i]) && !char.IsAsciiLetterUpper(name[i - 1]));
            if (endsBefore)
            {
                Finish();
            }

            if (name[i] != '_')
            {
                word.Append(name[i]);
            }
        }

        Finish();
        return words;

        void Finish()
        {
            if (word.Length > 0 && char.IsAsciiDigit(word[0]) && words.Count > 0)
            {
                words[^1] += word;
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
            }

            word.Clear();
        }
    }
}
