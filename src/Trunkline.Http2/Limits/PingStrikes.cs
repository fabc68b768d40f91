namespace Trunkline.Http2.Limits;

/// <summary>Counts PINGs that come before their time, by a <see cref="PingPolicy"/>. Not safe for several threads.</summary>
internal struct PingStrikes(PingPolicy policy)
{
    private TimeSpan? _last;
    private long _framesSent;
    private int _strikes;

    /// <summary>A PING came.</summary>
    /// <param name="framesSent">HEADERS and DATA frames that this side has sent so far.</param>
    /// <param name="hasStreams">Whether streams are open.</param>
    /// <param name="now">The time, on a clock that never goes back.</param>
    /// <returns>False when there were too many.</returns>
    public bool TryReceive(long framesSent, bool hasStreams, TimeSpan now)
    {
        if (framesSent != _framesSent)
        {
            _framesSent = framesSent;
            _last = null;
            _strikes = 0;
        }

        TimeSpan interval = hasStreams ? policy.MinInterval : policy.MinIntervalWithoutStreams;
        if (_last is { } last && now - last < interval)
        {
            return ++_strikes <= policy.MaxStrikes;
        }

        _last = now;
        return true;
    }
}
