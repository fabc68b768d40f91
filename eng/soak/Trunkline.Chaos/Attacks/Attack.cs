namespace Trunkline.Chaos.Attacks;

/// <summary>Where an attack goes.</summary>
/// <param name="Port">The port without TLS.</param>
/// <param name="TlsPort">The port with TLS.</param>
internal readonly record struct Target(int Port, int TlsPort);

/// <summary>A way to misbehave.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="Run">Does it once, on a connection of its own that is not connected yet, until the server ends it or the time is over.</param>
internal sealed record Attack(string Name, Func<Victim, Target, Random, CancellationToken, Task> Run)
{
    /// <summary>All of them.</summary>
    public static readonly Attack[] All = [.. Floods.All, .. Streams.All, .. Handshakes.All, .. Noise.All];

    /// <summary>An attack that begins with a sound preface.</summary>
    public static Attack Http2(string name, Func<Victim, Random, CancellationToken, Task> run) => new(name, async (victim, target, random, cancellationToken) =>
    {
        await victim.ConnectAsync(target.Port, cancellationToken);
        await victim.SendAsync(Wire.Preface, cancellationToken);
        await run(victim, random, cancellationToken);
    });
}
