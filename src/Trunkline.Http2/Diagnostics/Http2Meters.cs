using System.Diagnostics.Metrics;

namespace Trunkline.Http2.Diagnostics;

/// <summary>The instruments of the meter <c>Trunkline.Http2</c>. Nothing is computed for an instrument that nobody listens to.</summary>
internal static class Http2Meters
{
    private const string BudgetTag = "budget";

    private static readonly Meter Meter = new("Trunkline.Http2");

    private static readonly Counter<long> BudgetCharges = Meter.CreateCounter<long>(
        "trunkline.http2.budget.charges", "{charge}", "What peers did that a budget pays for, beyond what this side's own sending had earned them.");

    private static readonly Counter<long> BudgetExhaustions = Meter.CreateCounter<long>(
        "trunkline.http2.budget.exhaustions", "{connection}", "Connections ended because a budget was spent.");

    /// <summary>A budget was charged.</summary>
    public static void NoteCharge(string budget, int cost) => BudgetCharges.Add(cost, new KeyValuePair<string, object?>(BudgetTag, budget));

    /// <summary>A budget was spent and ends its connection.</summary>
    public static void NoteExhaustion(string budget) => BudgetExhaustions.Add(1, new KeyValuePair<string, object?>(BudgetTag, budget));
}
