using System.Globalization;

namespace Routes;

/// <summary>What a point on Earth can tell.</summary>
internal static class Geography
{
    /// <summary>The mean radius of the Earth, in metres.</summary>
    private const double EarthRadius = 6_371_000;

    private const double UnitsPerDegree = 1e7;

    /// <summary>A point from degrees.</summary>
    public static Point At(double latitude, double longitude) => new()
    {
        Latitude = (int)Math.Round(latitude * UnitsPerDegree),
        Longitude = (int)Math.Round(longitude * UnitsPerDegree),
    };

    /// <summary>The way between two points on the great circle, in metres, by the haversine formula.</summary>
    public static double DistanceTo(this Point from, Point to)
    {
        var (latitude1, latitude2) = (Radians(from.Latitude), Radians(to.Latitude));
        var halfChordSquared = Square(Math.Sin((latitude2 - latitude1) / 2))
            + (Math.Cos(latitude1) * Math.Cos(latitude2) * Square(Math.Sin(Radians((double)to.Longitude - from.Longitude) / 2)));
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(halfChordSquared)));
    }

    /// <summary>Whether the point lies between the corners of the rectangle, edges included.</summary>
    public static bool Contains(this Rectangle area, Point point)
        => IsBetween(point.Latitude, area.Lo.Latitude, area.Hi.Latitude) && IsBetween(point.Longitude, area.Lo.Longitude, area.Hi.Longitude);

    /// <summary>The point as maps print it, such as "48.85837 N, 2.29448 E".</summary>
    public static string ToText(this Point point) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Math.Abs(point.Latitude / UnitsPerDegree):F5} {(point.Latitude < 0 ? 'S' : 'N')}, {Math.Abs(point.Longitude / UnitsPerDegree):F5} {(point.Longitude < 0 ? 'W' : 'E')}");

    private static double Radians(double units) => units / UnitsPerDegree * Math.PI / 180;

    private static double Square(double value) => value * value;

    private static bool IsBetween(int value, int one, int other) => value >= Math.Min(one, other) && value <= Math.Max(one, other);
}
