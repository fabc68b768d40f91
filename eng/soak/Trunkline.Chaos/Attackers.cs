using System.Net.Sockets;
using System.Security.Authentication;
using Trunkline.Chaos.Attacks;

namespace Trunkline.Chaos;

/// <summary>Peers that misbehave, one attack after the other, each on a connection of its own.</summary>
internal sealed class Attackers : IAsyncDisposable
{
    // Longer than the server's own patience with handshakes and silent peers.
    private static readonly TimeSpan AttackTime = TimeSpan.FromSeconds(25);

    private readonly Target _target;
    private readonly ChaosState _state;
    private readonly Attack[] _attacks;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _all;

    public Attackers(ServerProcess server, ChaosOptions options, ChaosState state)
    {
        _target = new Target(server.Port, server.TlsPort);
        _state = state;
        _attacks = [.. Attack.All.Where(attack => options.Only is null || attack.Name == options.Only)];
        _all = [.. Enumerable.Range(0, options.Attackers).Select(i => Task.Run(() => WorkAsync(new Random(unchecked((options.Seed * 7919) + (state.Starts * 101) + i)))))];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_all);
        _stop.Dispose();
    }

    private async Task WorkAsync(Random random)
    {
        while (!_stop.IsCancellationRequested)
        {
            Attack attack = _attacks[random.Next(_attacks.Length)];
            using var victim = new Victim();
            using var time = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            time.CancelAfter(AttackTime);
            string end = await RunAsync(attack, victim, random, time.Token);
            if (!_stop.IsCancellationRequested)
            {
                _state.Note(attack.Name, victim.GoAwayCode is { } code ? $"GOAWAY {(Http2.Http2ErrorCode)code}" : end);
            }
        }
    }

    private async Task<string> RunAsync(Attack attack, Victim victim, Random random, CancellationToken stop)
    {
        try
        {
            await attack.Run(victim, _target, random, stop);
            return "closed";
        }
        catch (OperationCanceledException)
        {
            return "still open";
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException or AuthenticationException)
        {
            // The server has torn the connection down while the attacker was sending.
            return "torn down";
        }
    }
}
