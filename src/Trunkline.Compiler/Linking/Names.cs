using System.Text;

namespace Trunkline.Compiler.Linking;

/// <summary>Names that the language derives from other names.</summary>
internal static class Names
{
    /// <summary>The JSON name of a field: underscores go, and what follows one becomes upper case.</summary>
    public static string ToJsonName(string fieldName)
    {
        if (!fieldName.Contains('_'))
        {
            return fieldName;
        }

        var name = new StringBuilder(fieldName.Length);
        bool raiseNext = false;
        foreach (char character in fieldName)
        {
            if (character == '_')
            {
                raiseNext = true;
            }
            else
            {
                name.Append(raiseNext ? char.ToUpperInvariant(character) : character);
                raiseNext = false;
            }
        }

        return name.ToString();
    }

    /// <summary>The name of the message that holds one entry of a map field: <c>my_map</c> gives <c>MyMapEntry</c>.</summary>
    public static string ToMapEntryName(string fieldName)
    {
        var name = new StringBuilder(fieldName.Length + 5);
        bool raiseNext = true;
        foreach (char character in fieldName)
        {
            if (character == '_')
            {
                raiseNext = true;
            }
            else
            {
                name.Append(raiseNext ? char.ToUpperInvariant(character) : character);
                raiseNext = false;
            }
        }

        return name.Append("Entry").ToString();
    }
}
