using System.Runtime.InteropServices;

namespace Trunkline.Http2.Limits;

/// <summary>
/// What is left of a <see cref="RateLimit"/>. In any span of time no more can be taken than the burst and what the rate adds in that span.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct TokenBucket(RateLimit limit)
{
    private double _tokens = limit.Burst;
    private TimeSpan _filledAt;

    public readonly RateLimit Limit => limit;

    /// <summary>Takes from the bucket; what it does not hold is not taken.</summary>
    /// <param name="cost">How much.</param>
    /// <param name="now">The time, on a clock that never goes back.</param>
    /// <returns>False when there is not enough.</returns>
    public bool TryTake(int cost, TimeSpan now)
    {
        if (limit.IsUnlimited)
        {
            return true;
        }

        _tokens = Math.Min(limit.Burst, _tokens + ((now - _filledAt).TotalSeconds * limit.PerSecond));
        _filledAt = now;
        if (_tokens < cost)
        {
            return false;
        }

        _tokens -= cost;
        return true;
    }
}
