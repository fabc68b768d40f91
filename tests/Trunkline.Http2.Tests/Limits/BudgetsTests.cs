using Trunkline.Http2.Limits;

namespace Trunkline.Http2.Tests.Limits;

public class BudgetsTests
{
    public static TheoryData<byte> Single => [.. Enum.GetValues<BudgetKind>().Where(kind => kind != BudgetKind.Glitches).Select(kind => (byte)kind)];

    [Theory]
    [MemberData(nameof(Single))]
    public void Pay_OneHabitAlone_SpendsItsOwnBudgetAndNotTheGlitches(byte number)
    {
        var kind = (BudgetKind)number;
        var budgets = new Budgets(new Http2Limits(), maxConcurrentStreams: 256);
        BudgetKind spent;
        for (int i = 0; i < budgets.LimitOf(kind).Burst; i++)
        {
            Assert.True(budgets.TryPay(kind, 1, TimeSpan.Zero, out spent), $"the budget of {kind} was spent after {i}");
        }

        Assert.False(budgets.TryPay(kind, 1, TimeSpan.Zero, out spent));
        Assert.Equal(kind, spent);
    }

    [Fact]
    public void Pay_ThreeHabits_SpendTheGlitches()
    {
        var budgets = new Budgets(new Http2Limits(), maxConcurrentStreams: 256);
        BudgetKind spent = default;
        int paid = 0;
        BudgetKind[] habits = [BudgetKind.Pings, BudgetKind.WindowUpdates, BudgetKind.TinyWindows];
        while (budgets.TryPay(habits[paid % habits.Length], 1, TimeSpan.Zero, out spent))
        {
            paid++;
        }

        Assert.Equal(BudgetKind.Glitches, spent);
        Assert.Equal(2000, paid);
    }

    [Fact]
    public void PayEarned_WhatThisSideSent_PaysWithoutLimitAndOnlyOnce()
    {
        var budgets = new Budgets(new Http2Limits(), maxConcurrentStreams: 256);
        var sent = new Activity(Frames: 1_000_000, Resets: 0);
        for (int i = 0; i < 20_000_000; i += 1000)
        {
            Assert.True(budgets.TryPayEarned(BudgetKind.WindowUpdates, 1000, sent));
        }

        Assert.False(budgets.TryPayEarned(BudgetKind.WindowUpdates, 1, sent));
        Assert.True(budgets.TryPayEarned(BudgetKind.WindowUpdates, 20, sent with { Frames = 1_000_001 }));
    }

    [Fact]
    public void PayEarned_OneReset_PaysForAThousandLateFrames()
    {
        var budgets = new Budgets(new Http2Limits(), maxConcurrentStreams: 256);
        Assert.True(budgets.TryPayEarned(BudgetKind.LateFrames, 1000, new Activity(Frames: 0, Resets: 1)));
        Assert.False(budgets.TryPayEarned(BudgetKind.LateFrames, 1, new Activity(Frames: 0, Resets: 1)));
    }

    [Theory]
    [InlineData(256, 1024, 256)]
    [InlineData(0, 16, 4)]
    [InlineData(int.MaxValue, int.MaxValue - 1, int.MaxValue)]
    public void Refusals_FollowTheStreamLimit(int streams, int burst, int perSecond) =>
        Assert.Equal(new RateLimit(burst, perSecond), new Http2Limits().RefusalsFor(streams));

    [Theory]
    [InlineData(1000, 8)]
    [InlineData(16 * 1024, 8)]
    [InlineData(1024 * 1024, 512)]
    public void Continuations_FollowTheListLimit(int listSize, int continuations) =>
        Assert.Equal(continuations, new Http2Limits().MaxContinuationsFor(listSize));
}
