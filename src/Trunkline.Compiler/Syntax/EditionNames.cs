using Trunkline.Descriptors;

namespace Trunkline.Compiler.Syntax;

/// <summary>Editions as messages name them: what follows <c>EDITION_</c> in descriptor.proto.</summary>
internal static class EditionNames
{
    /// <summary>The newest edition that files may be written in.</summary>
    public const Edition Newest = Edition.Edition2024;

    private static readonly Dictionary<Edition, string> Names = new()
    {
        [Edition.Unknown] = "UNKNOWN",
        [Edition.TestOnly1] = "1_TEST_ONLY",
        [Edition.TestOnly2] = "2_TEST_ONLY",
        [Edition.Legacy] = "LEGACY",
        [Edition.Proto2] = "PROTO2",
        [Edition.Proto3] = "PROTO3",
        [Edition.Edition2023] = "2023",
        [Edition.Edition2024] = "2024",
        [Edition.Edition2026] = "2026",
        [Edition.Unstable] = "UNSTABLE",
        [Edition.TestOnly99997] = "99997_TEST_ONLY",
        [Edition.TestOnly99998] = "99998_TEST_ONLY",
        [Edition.TestOnly99999] = "99999_TEST_ONLY",
        [Edition.Maximum] = "MAX",
    };

    public static string NameOf(Edition edition) => Names.TryGetValue(edition, out string? name) ? name : $"{(int)edition}";

    /// <summary>
    /// The edition that a file names; null for what is none. proto2 and proto3 have names too, and are written with <c>syntax</c> instead.
    /// </summary>
    public static Edition? Find(string name)
    {
        foreach ((Edition edition, string candidate) in Names)
        {
            if (candidate == name && edition is not (Edition.Unknown or Edition.Proto2 or Edition.Proto3))
            {
                return edition;
            }
        }

        return null;
    }
}
