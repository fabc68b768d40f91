namespace Trunkline.Architecture.Tests.Walls;

/// <summary>What the pure rings must not touch. An entry bans a namespace (ends with a point), a type, or one member of a type.</summary>
internal static class BannedUses
{
    private static readonly (string What, string Reason)[] Entries =
    [
        ("System.IO.", "I/O belongs to Transports/"),
        ("System.Net.", "I/O belongs to Transports/"),
        ("System.Console", "nothing is written to the console by itself"),
        ("System.Threading.Monitor", "only the output gate locks"),
        ("System.Threading.Lock", "only the output gate locks"),
        ("System.Threading.SpinLock", "only the output gate locks"),
        ("System.Threading.SemaphoreSlim", "only the output gate locks"),
        ("System.Threading.ReaderWriterLockSlim", "only the output gate locks"),
        ("System.Threading.ManualResetEventSlim", "a ring never waits"),
        ("System.Threading.Thread", "a ring runs on its caller's thread"),
        ("System.Threading.ThreadPool", "a ring runs on its caller's thread"),
        ("System.Threading.Tasks.", "a ring answers at once; waiting belongs to Connections/"),
        ("System.Threading.Timer", "time comes in as an argument"),
        ("System.TimeProvider", "time comes in as an argument"),
        ("System.Diagnostics.Stopwatch", "time comes in as an argument"),
        ("System.DateTime.get_Now", "time comes in as an argument"),
        ("System.DateTime.get_UtcNow", "time comes in as an argument"),
        ("System.DateTimeOffset.get_Now", "time comes in as an argument"),
        ("System.DateTimeOffset.get_UtcNow", "time comes in as an argument"),
        ("System.Environment.get_TickCount", "time comes in as an argument"),
        ("System.Environment.get_TickCount64", "time comes in as an argument"),
    ];

    /// <summary>Exceptions that live among I/O types but are none.</summary>
    private static readonly string[] Harmless = ["System.IO.InvalidDataException", "System.IO.EndOfStreamException", "System.IO.IOException"];

    public static string? ReasonAgainst(string type, string member)
    {
        if (Harmless.Contains(type, StringComparer.Ordinal))
        {
            return null;
        }

        foreach (var (what, reason) in Entries)
        {
            if (what.EndsWith('.') ? type.StartsWith(what, StringComparison.Ordinal) : what == type || what == $"{type}.{member}")
            {
                return reason;
            }
        }

        return null;
    }
}
