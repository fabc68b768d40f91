using System.Text;

namespace Trunkline.Agreement.Mutants;

/// <summary>Changes a source file a little, token by token, so that what comes out is close to a file that means something.</summary>
/// <param name="random">Decides everything; the same seed gives the same mutants.</param>
/// <param name="otherFiles">Where tokens are taken from that the file itself has not.</param>
internal sealed class Mutator(Random random, IReadOnlyList<string[]> otherFiles)
{
    // The numbers at which rules begin and end.
    private static readonly string[] Numbers =
    [
        "0", "1", "-1", "2", "3", "1000", "18999", "19000", "19999", "20000", "536870911", "536870912", "2147483646", "2147483647", "2147483648", "-2147483648",
        "-2147483649", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "0x7fffffff", "010",
        "1.5", "1e400", "max", "inf", "-inf", "nan",
    ];

    private static readonly string[] Words =
    [
        "optional", "repeated", "required", "message", "enum", "oneof", "extend", "extensions", "reserved", "option", "group", "map", "stream", "rpc", "returns",
        "string", "bytes", "int32", "bool", "double", "true", "false", "default", "json_name", "packed", "deprecated", "import", "public", "weak", "package",
        "syntax", "edition", "export", "local", "to", "{", "}", "[", "]", "(", ")", "<", ">", "=", ";", ",", ".", ":", "-", "\"\"", "\"x\"",
    ];

    /// <summary>A changed copy of <paramref name="tokens"/>, as text. The first statement is kept mostly, since little is judged without it.</summary>
    public string Mutate(string[] tokens)
    {
        List<string> changed = [.. tokens];
        for (int changes = Math.Max(1, random.Next(4) - 1); changes > 0 && changed.Count > 0; changes--)
        {
            Change(changed);
        }

        var text = new StringBuilder();
        for (int i = 0; i < changed.Count; i++)
        {
            text.Append(changed[i]).Append(i % 12 == 11 ? '\n' : ' ');
        }

        return text.Append('\n').ToString();
    }

    private void Change(List<string> tokens)
    {
        int at = Pick(tokens);

        // What keeps the form of the file comes last and most often.
        switch (random.Next(14))
        {
            case 0:
                tokens.RemoveAt(at);
                break;
            case 1:
                tokens.Insert(at, tokens[at]);
                break;
            case 2:
                int other = Pick(tokens);
                (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                break;
            case 3:
                tokens[at] = Any(Any(otherFiles));
                break;
            case 4:
                tokens[at] = Any(Words);
                break;
            case 5:
                tokens.Insert(at, Any(Words));
                break;
            case 6 or 7 or 8:
                tokens[FindNear(tokens, at, token => char.IsAsciiDigit(token[0]))] = Any(Numbers);
                break;
            case 9 or 10 or 11:
                tokens[FindNear(tokens, at, token => char.IsAsciiLetter(token[0]))] = tokens[FindNear(tokens, Pick(tokens), token => char.IsAsciiLetter(token[0]))];
                break;
            default:
                CopyStatement(tokens, at);
                break;
        }
    }

    /// <summary>Puts a statement of this file or of another somewhere else.</summary>
    private void CopyStatement(List<string> tokens, int at)
    {
        string[] source = random.Next(2) == 0 ? [.. tokens] : Any(otherFiles);
        int first = random.Next(source.Length);
        while (first > 0 && source[first - 1] is not (";" or "{" or "}"))
        {
            first--;
        }

        int last = first;
        while (last < source.Length - 1 && source[last] is not (";" or "}"))
        {
            last++;
        }

        while (at > 0 && tokens[at - 1] is not (";" or "{" or "}"))
        {
            at--;
        }

        tokens.InsertRange(at, source[first..(last + 1)]);
    }

    private int Pick(List<string> tokens) => tokens.Count > 4 && random.Next(20) != 0 ? random.Next(4, tokens.Count) : random.Next(tokens.Count);

    private static int FindNear(List<string> tokens, int at, Predicate<string> wanted)
    {
        int found = tokens.FindIndex(at, wanted);
        return found >= 0 ? found : at;
    }

    private T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
