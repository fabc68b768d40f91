namespace Trunkline.LoadContract;

/// <summary>The shape of a piece of work.</summary>
public enum WorkKind
{
    /// <summary>One request, one answer, again and again.</summary>
    Echo,

    /// <summary>A message and its answer, again and again on one stream.</summary>
    PingPong,

    /// <summary>Small messages from the server, as many as go.</summary>
    Pour,
}

/// <summary>A piece of work that every stack is measured with. All of it runs on one connection.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Title">The name in the table.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Kind">The shape.</param>
/// <param name="Workers">How many do it at the same time.</param>
/// <param name="BodySize">The body of each message, in bytes.</param>
public sealed record Work(string Name, string Title, string Unit, WorkKind Kind, int Workers, int BodySize)
{
    /// <summary>Messages for which one streaming call asks.</summary>
    public const int MessagesPerPour = 20_000;

    private const int SmallBody = 16;

    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<Work> All { get; } =
    [
        new("unary1", "unary, 1 in flight", "call", WorkKind.Echo, 1, SmallBody),
        new("unary50", "unary, 50 in flight", "call", WorkKind.Echo, 50, SmallBody),
        new("pingpong50", "bidirectional ping-pong, 50 streams", "round trip", WorkKind.PingPong, 50, SmallBody),
        new("pour1", "server streaming, 1 stream", "message", WorkKind.Pour, 1, SmallBody),
        new("pour4", "server streaming, 4 streams", "message", WorkKind.Pour, 4, SmallBody),
        new("echo1m", "unary echo of 1 MiB, 1 in flight", "call", WorkKind.Echo, 1, 1 << 20),
    ];

    /// <summary>Finds one by name.</summary>
    public static Work ByName(string name) => All.FirstOrDefault(work => work.Name == name)
        ?? throw new ArgumentException($"No work is called '{name}'; there are {string.Join(", ", All.Select(work => work.Name))}.", nameof(name));
}
