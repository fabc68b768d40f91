namespace Trunkline.Architecture.Tests.Walls;

/// <summary>The rooms of one project: its first-level folders, innermost first, and who may refer to whom.</summary>
/// <param name="Project">The project.</param>
/// <param name="InnermostFirst">The rooms in order; a reference goes to a room that stands before its own, or not at all.</param>
/// <param name="Beside">Rooms that stand beside the order: every other room may refer to them, and they to those listed in <paramref name="Allowed"/>.</param>
/// <param name="Allowed">The openings.</param>
/// <param name="Pairs">Outward openings, each with the reason why two rooms must know each other.</param>
internal sealed record Rooms(string Project, string[] InnermostFirst, string[] Beside, AllowedReference[] Allowed, AllowedReference[] Pairs)
{
    private IEnumerable<AllowedReference> Openings => Allowed.Concat(Pairs);

    public bool Allows(string from, string to)
        => from == to || Beside.Contains(to, StringComparer.Ordinal) || Openings.Any(allowed => allowed.From == from && allowed.To == to);

    public string AllowedFrom(string room)
    {
        var rooms = Openings.Where(allowed => allowed.From == room).Select(allowed => allowed.To).Concat(Beside.Where(beside => beside != room)).ToArray();
        return rooms.Length == 0 ? "no other room" : string.Join(", ", rooms);
    }
}
