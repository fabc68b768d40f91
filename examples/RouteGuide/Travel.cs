namespace Routes;

/// <summary>What the traveller of the tours asks about: the same questions in both styles.</summary>
internal static class Travel
{
    /// <summary>A known place, and a point in the ocean where nothing is.</summary>
    public static readonly Point EiffelTower = Geography.At(48.85837, 2.29448);
    public static readonly Point PointNemo = Geography.At(-48.87667, -123.39333);

    /// <summary>From the Gulf of Genoa to the Danube.</summary>
    public static readonly Rectangle Alps = new() { Lo = Geography.At(44.4, 5.0), Hi = Geography.At(48.6, 16.6) };

    /// <summary>Paris to Istanbul, with a stop that is on no map.</summary>
    public static readonly Point[] Orient =
    [
        EiffelTower,
        Geography.At(48.13711, 11.57542), // Marienplatz, Munich
        Geography.At(48.20850, 16.37304), // St. Stephen's Cathedral, Vienna
        Geography.At(47.50712, 19.04572), // Hungarian Parliament, Budapest
        Geography.At(44.81000, 20.46000), // somewhere in Belgrade
        Geography.At(42.69584, 23.33286), // Alexander Nevsky Cathedral, Sofia
        Geography.At(41.00859, 28.98017), // Hagia Sophia, Istanbul
    ];

    /// <summary>Notes at two places in turn: from the third on, each finds those before it.</summary>
    public static IReadOnlyList<RouteNote> Notes(string traveller) =>
    [
        Note(Orient[2], $"{traveller} was here."),
        Note(Orient[3], "Good coffee."),
        Note(Orient[2], "Try the cake."),
        Note(Orient[3], "The bridge is best at night."),
        Note(Orient[2], "Leaving on the night train."),
    ];

    /// <summary>How many earlier notes those notes must at least bring back.</summary>
    public const int FewestReplies = 4;

    private static RouteNote Note(Point location, string message) => new() { Location = location, Message = message };
}
