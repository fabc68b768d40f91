namespace Trunkline.LoadContract;

/// <summary>
/// One stack's client with one connection. Each method is one worker: it repeats until the clock stops and returns how often it succeeded. The loop
/// belongs to the stack so that the harness adds nothing to what is measured. A wrong answer throws.
/// </summary>
public interface ILoadClient : IAsyncDisposable
{
    Task<long> EchoAsync(Item request, RoundClock clock);

    Task<long> PingPongAsync(Item request, RoundClock clock);

    Task<long> PourAsync(PourRequest request, RoundClock clock);
}
