namespace Trunkline.Descriptors;

/// <summary>Editions as descriptor.proto names them, without the <c>EDITION_</c> in front.</summary>
public static class EditionNames
{
    private static readonly (string Name, Edition Edition)[] All =
    [
        ("UNKNOWN", Edition.Unknown),
        ("LEGACY", Edition.Legacy),
        ("PROTO2", Edition.Proto2),
        ("PROTO3", Edition.Proto3),
        ("2023", Edition.Edition2023),
        ("2024", Edition.Edition2024),
        ("2026", Edition.Edition2026),
        ("UNSTABLE", Edition.Unstable),
        ("1_TEST_ONLY", Edition.TestOnly1),
        ("2_TEST_ONLY", Edition.TestOnly2),
        ("99997_TEST_ONLY", Edition.TestOnly99997),
        ("99998_TEST_ONLY", Edition.TestOnly99998),
        ("99999_TEST_ONLY", Edition.TestOnly99999),
        ("MAX", Edition.Maximum),
    ];

    /// <summary>The name of an edition, such as <c>2023</c>; the number of one that descriptor.proto does not name.</summary>
    public static string NameOf(Edition edition)
    {
        foreach (var (name, known) in All)
        {
            if (known == edition)
            {
                return name;
            }
        }

        return ((int)edition).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The edition of a name; null when there is none.</summary>
    public static Edition? Find(string name)
    {
        foreach (var (known, edition) in All)
        {
            if (known == name)
            {
                return edition;
            }
        }

        return null;
    }
}
