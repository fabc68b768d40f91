namespace Trunkline.Compiler.Diagnostics;

/// <summary>Finds the name that was probably meant.</summary>
internal static class Spelling
{
    // Names longer than this are not typed by hand, and comparing costs the product of the lengths.
    private const int LongestCompared = 100;

    /// <summary>The candidate nearest to a name, or null when none is near: at most a third of the letters may differ.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        if (name.Length is 0 or > LongestCompared)
        {
            return null;
        }

        string? nearest = null;
        int least = Math.Max(1, name.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            // Names of much other length cannot be near.
            if (candidate != name && Math.Abs(candidate.Length - name.Length) < least && Distance(name, candidate, least) is var distance && distance < least)
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>
    /// How many letters must be inserted, removed, replaced or swapped with their neighbour; case counts as nothing.
    /// Rows of the usual table, three of them alive; a value of <paramref name="bound"/> or more is not exact.
    /// </summary>
    public static int Distance(string left, string right, int bound)
    {
        int[] older = new int[right.Length + 1];
        int[] previous = new int[right.Length + 1];
        int[] current = new int[right.Length + 1];
        for (int j = 0; j <= right.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            int best = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = previous[j - 1] + (IsSame(left[i - 1], right[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && IsSame(left[i - 1], right[j - 2]) && IsSame(left[i - 2], right[j - 1]))
                {
                    current[j] = Math.Min(current[j], older[j - 2] + 1);
                }

                best = Math.Min(best, current[j]);
            }

            if (best >= bound)
            {
                return best;
            }

            (older, previous, current) = (previous, current, older);
        }

        return previous[right.Length];
    }

    private static bool IsSame(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
