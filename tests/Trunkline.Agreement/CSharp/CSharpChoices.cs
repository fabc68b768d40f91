using System.Globalization;

namespace Trunkline.Agreement.CSharp;

/// <summary>What the words behind <c>csharp</c> choose.</summary>
internal sealed record CSharpChoices
{
    /// <summary>The name of the only tree to look at; null for all.</summary>
    public string? Tree { get; init; }

    /// <summary>How the names of files begin that are looked at; empty for all.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Whether all trees are taken, and all of them whole; otherwise the usual ones, and the biggest in part.</summary>
    public bool Whole { get; init; }

    /// <summary>Decides the data.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many random messages each type gets.</summary>
    public int MessagesOfType { get; init; } = 3;

    /// <summary>Whether no tree and no folder is left out by choice.</summary>
    public bool IsAll => Tree is null && Folder.Length == 0;

    /// <summary>Reads the words; null when they are not understood.</summary>
    public static CSharpChoices? Parse(ReadOnlySpan<string> words)
    {
        var choices = new CSharpChoices();
        foreach (string word in words)
        {
            string[] parts = word.Split('=', 2);
            switch (parts)
            {
                case ["--tree", var tree]:
                    choices = choices with { Tree = tree };
                    break;
                case ["--folder", var folder]:
                    choices = choices with { Folder = folder };
                    break;
                case ["--seed", var seed]:
                    choices = choices with { Seed = int.Parse(seed, CultureInfo.InvariantCulture) };
                    break;
                case ["--messages", var count]:
                    choices = choices with { MessagesOfType = int.Parse(count, CultureInfo.InvariantCulture) };
                    break;
                case ["--whole"]:
                    choices = choices with { Whole = true };
                    break;
                default:
                    return null;
            }
        }

        return choices;
    }
}
