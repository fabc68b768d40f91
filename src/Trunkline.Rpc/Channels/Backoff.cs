namespace Trunkline.Rpc.Channels;

/// <summary>
/// The pauses between connection attempts (gRPC's connection backoff): the first as configured, each next one 1.6 times as long up to a maximum, give
/// or take a fifth so that many clients do not come back at once. Pure: chance is handed in, the clock stays outside.
/// </summary>
internal sealed class Backoff(TimeSpan initial, TimeSpan max, Func<double> random)
{
    /// <summary>However short the pause is, an attempt gets this long (MIN_CONNECT_TIMEOUT).</summary>
    public static readonly TimeSpan MinConnectTimeout = TimeSpan.FromSeconds(20);

    private const double Multiplier = 1.6;
    private const double Jitter = 0.2;

    private TimeSpan? _last;

    /// <summary>The time from the beginning of the next attempt to the one after it.</summary>
    public TimeSpan Next()
    {
        if (_last is not { } last)
        {
            _last = initial < max ? initial : max;
            return _last.Value;
        }

        TimeSpan grown = last * Multiplier;
        _last = grown < max ? grown : max;
        return _last.Value * (1 + (Jitter * ((2 * random()) - 1)));
    }

    /// <summary>A connection was made: the next failure begins anew.</summary>
    public void Reset() => _last = null;
}
