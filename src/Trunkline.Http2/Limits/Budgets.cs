using System.Runtime.InteropServices;

namespace Trunkline.Http2.Limits;

/// <summary>
/// The budgets of one connection. A charge is first paid from what this side's own sending has earned, then from the budget's bucket; what is paid from
/// a bucket is charged to <see cref="BudgetKind.Glitches"/> as well, weighted so that a whole burst of any one budget is half of the glitch budget's:
/// one habit alone never empties it, several together do. Not safe for several threads.
/// </summary>
internal sealed class Budgets
{
    private readonly Budget[] _budgets;

    /// <summary>Makes full budgets.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="maxConcurrentStreams">The stream limit, which scales the budget of refusals.</param>
    public Budgets(Http2Limits limits, int maxConcurrentStreams)
    {
        _budgets = new Budget[(int)BudgetKind.Glitches + 1];
        Set(BudgetKind.Settings, limits.Settings);
        Set(BudgetKind.Pings, limits.Pings, perFrame: 1);
        Set(BudgetKind.Priorities, limits.Priorities, perFrame: 2);
        Set(BudgetKind.WindowUpdates, limits.WindowUpdates, perFrame: 20);
        Set(BudgetKind.EmptyFrames, limits.EmptyFrames);
        Set(BudgetKind.TinyData, limits.TinyData);
        Set(BudgetKind.TinyWindows, limits.TinyWindows);
        Set(BudgetKind.LateFrames, limits.LateFrames, perFrame: 2, perReset: 1000);
        Set(BudgetKind.StreamErrors, limits.StreamErrors);
        Set(BudgetKind.HeaderLists, limits.HeaderLists);
        Set(BudgetKind.Refusals, limits.RefusalsFor(maxConcurrentStreams));
        Set(BudgetKind.Glitches, limits.Glitches);
        foreach (ref Budget budget in _budgets.AsSpan())
        {
            budget.Weight = WeightOf(budget.Bucket.Limit, limits.Glitches);
        }
    }

    /// <summary>The limit behind a budget.</summary>
    public RateLimit LimitOf(BudgetKind kind) => _budgets[(int)kind].Bucket.Limit;

    /// <summary>Pays from what this side's sending has earned.</summary>
    /// <returns>False when that is not enough; nothing is paid then.</returns>
    public bool TryPayEarned(BudgetKind kind, int cost, in Activity sent)
    {
        ref Budget budget = ref _budgets[(int)kind];
        budget.Earned += ((sent.Frames - budget.Seen.Frames) * budget.PerFrame) + ((sent.Resets - budget.Seen.Resets) * budget.PerReset);
        budget.Seen = sent;
        if (budget.Earned < cost)
        {
            return false;
        }

        budget.Earned -= cost;
        return true;
    }

    /// <summary>Pays from the budget and from the glitch budget.</summary>
    /// <param name="kind">The budget.</param>
    /// <param name="cost">How much.</param>
    /// <param name="now">The time since the connection began.</param>
    /// <param name="spent">The budget that had not enough, when false is returned.</param>
    public bool TryPay(BudgetKind kind, int cost, TimeSpan now, out BudgetKind spent)
    {
        ref Budget budget = ref _budgets[(int)kind];
        spent = kind;
        if (!budget.Bucket.TryTake(cost, now))
        {
            return false;
        }

        spent = BudgetKind.Glitches;
        return kind == BudgetKind.Glitches || _budgets[(int)BudgetKind.Glitches].Bucket.TryTake(cost * budget.Weight, now);
    }

    private static int WeightOf(RateLimit limit, RateLimit glitches) => limit.IsUnlimited ? 0 : Math.Max(1, glitches.Burst / 2 / limit.Burst);

    private void Set(BudgetKind kind, RateLimit limit, int perFrame = 0, int perReset = 0) =>
        _budgets[(int)kind] = new Budget { Bucket = new TokenBucket(limit), PerFrame = perFrame, PerReset = perReset };

    [StructLayout(LayoutKind.Auto)]
    private struct Budget
    {
        public TokenBucket Bucket;
        public Activity Seen;
        public long Earned;
        public int PerFrame;
        public int PerReset;
        public int Weight;
    }
}
