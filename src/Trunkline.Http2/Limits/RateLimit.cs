using System.Runtime.InteropServices;

namespace Trunkline.Http2;

/// <summary>
/// How often something may happen: <see cref="Burst"/> times at once, and <see cref="PerSecond"/> times a second in the long run. What was not used
/// gathers again up to the burst.
/// </summary>
/// <param name="Burst">Times at once; at least 1.</param>
/// <param name="PerSecond">Times a second in the long run; at least 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RateLimit(int Burst, int PerSecond)
{
    /// <summary>No limit: the budget is switched off.</summary>
    public static RateLimit Unlimited => new(int.MaxValue, int.MaxValue);

    internal bool IsUnlimited => Burst == int.MaxValue;

    /// <summary>The limit in words.</summary>
    public override string ToString() => IsUnlimited ? "unlimited" : $"{Burst} at once and {PerSecond} a second";
}
