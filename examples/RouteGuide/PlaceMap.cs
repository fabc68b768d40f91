using System.Text.Json;

namespace Routes;

/// <summary>The known places of the world, out of <c>Data/places.json</c>.</summary>
internal sealed class PlaceMap
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Dictionary<Point, Feature> _byLocation;

    private PlaceMap(IEnumerable<Place> places) => _byLocation = places
        .Select(place => new Feature { Name = place.Name, Location = Geography.At(place.Latitude, place.Longitude) })
        .ToDictionary(feature => feature.Location);

    public IReadOnlyCollection<Feature> Features => _byLocation.Values;

    /// <summary>Reads the map that is built into the program.</summary>
    public static PlaceMap Load()
    {
        using var data = typeof(PlaceMap).Assembly.GetManifestResourceStream("places.json")!;
        return new PlaceMap(JsonSerializer.Deserialize<Place[]>(data, Json)!);
    }

    /// <summary>The feature at exactly this point; null if none is known.</summary>
    public Feature? Find(Point point) => _byLocation.GetValueOrDefault(point);

    private sealed record Place(string Name, double Latitude, double Longitude);
}
