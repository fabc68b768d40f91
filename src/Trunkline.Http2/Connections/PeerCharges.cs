using Trunkline.Http2.Diagnostics;
using Trunkline.Http2.Limits;

namespace Trunkline.Http2.Connections;

/// <summary>
/// Charges what the peer does to the connection's budgets, and brings them the time: read at most once in a batch of frames, and only when something
/// has to be paid for. Owned by the read loop.
/// </summary>
internal sealed class PeerCharges(ConnectionCore core)
{
    /// <summary>What an odd frame costs in points of the glitch budget: one of an unknown type, or a second GOAWAY.</summary>
    public const int OddFrame = 10;

    // gRPC clients look for exactly this (gRPC A8).
    private const string TooManyPings = "too_many_pings";

    private readonly Budgets _budgets = new(core.Options.Limits, core.Options.MaxConcurrentStreams);
    private readonly long _startedAt = core.Options.TimeProvider.GetTimestamp();
    private TimeSpan _now;
    private bool _isTimeRead;
    private long _tinyFramesSeen;
    private PingStrikes? _strikes = core.Options.Limits.PingPolicy is { } policy ? new PingStrikes(policy) : null;

    /// <summary>Pays for something.</summary>
    /// <returns>A connection error when the budget is spent.</returns>
    public Http2Error Charge(BudgetKind kind, int cost = 1)
    {
        if (_budgets.TryPayEarned(kind, cost, core.Output.Sent))
        {
            return Http2Error.None;
        }

        Http2Meters.NoteCharge(NameOf(kind), cost);
        return _budgets.TryPay(kind, cost, Now(), out BudgetKind spent) ? Http2Error.None : EndFor(spent);
    }

    /// <summary>Pays for a stream that this side refuses or resets because of what the peer did.</summary>
    public Http2Error ChargeReset(Http2ErrorCode code) => Charge(code switch
    {
        Http2ErrorCode.RefusedStream => BudgetKind.Refusals,
        Http2ErrorCode.EnhanceYourCalm => BudgetKind.HeaderLists,
        _ => BudgetKind.StreamErrors,
    });

    /// <summary>Pays for DATA so short that it costs more work than it carries.</summary>
    public Http2Error ChargeTinyData(int length) => Charge(length == 0 ? BudgetKind.EmptyFrames : BudgetKind.TinyData);

    /// <summary>Pays for PING, and sees to it that a client does not ask for signs of life too often, where there is a policy.</summary>
    public Http2Error ChargePing()
    {
        Http2Error spent = Charge(BudgetKind.Pings);
        if (!spent.IsNone || _strikes is not { } strikes)
        {
            return spent;
        }

        bool isWithin = strikes.TryReceive(core.Output.Sent.Frames, core.Streams.Count > 0, Now());
        _strikes = strikes;
        if (isWithin)
        {
            return Http2Error.None;
        }

        Http2Meters.NoteExhaustion("ping_strikes");
        return Http2Error.Connection(Http2ErrorCode.EnhanceYourCalm, TooManyPings);
    }

    /// <summary>Pays for WINDOW_UPDATE, and for the DATA frames that windows of a few bytes have cut small since the last one.</summary>
    public Http2Error ChargeWindowUpdate()
    {
        long tinyFrames = core.Output.TinyFramesSent;
        int cut = (int)(tinyFrames - _tinyFramesSeen);
        _tinyFramesSeen = tinyFrames;
        Http2Error spent = Charge(BudgetKind.WindowUpdates);
        return spent.IsNone && cut > 0 ? Charge(BudgetKind.TinyWindows, cut) : spent;
    }

    /// <summary>The frames of one read have been worked off.</summary>
    public void EndBatch() => _isTimeRead = false;

    private Http2Error EndFor(BudgetKind spent)
    {
        Http2Meters.NoteExhaustion(NameOf(spent));
        return Http2Error.Connection(
            Http2ErrorCode.EnhanceYourCalm,
            $"the peer spent the budget of {Describe(spent)}: {_budgets.LimitOf(spent)} (Http2Limits.{spent})");
    }

    private TimeSpan Now()
    {
        if (!_isTimeRead)
        {
            _isTimeRead = true;
            _now = core.Options.TimeProvider.GetElapsedTime(_startedAt);
        }

        return _now;
    }

    private static string NameOf(BudgetKind kind) => kind switch
    {
        BudgetKind.Settings => "settings",
        BudgetKind.Pings => "pings",
        BudgetKind.Priorities => "priorities",
        BudgetKind.WindowUpdates => "window_updates",
        BudgetKind.EmptyFrames => "empty_frames",
        BudgetKind.TinyData => "tiny_data",
        BudgetKind.TinyWindows => "tiny_windows",
        BudgetKind.LateFrames => "late_frames",
        BudgetKind.StreamErrors => "stream_errors",
        BudgetKind.HeaderLists => "header_lists",
        BudgetKind.Refusals => "refusals",
        _ => "glitches",
    };

    private static string Describe(BudgetKind kind) => kind switch
    {
        BudgetKind.Settings => "SETTINGS frames",
        BudgetKind.Pings => "PING frames",
        BudgetKind.Priorities => "PRIORITY frames",
        BudgetKind.WindowUpdates => "WINDOW_UPDATE frames",
        BudgetKind.EmptyFrames => "empty frames",
        BudgetKind.TinyData => "DATA frames of a few bytes",
        BudgetKind.TinyWindows => "windows of a few bytes",
        BudgetKind.LateFrames => "frames on streams that are over",
        BudgetKind.StreamErrors => "streams reset for broken rules",
        BudgetKind.HeaderLists => "header lists above the limit",
        BudgetKind.Refusals => "refused streams",
        _ => "odd frames of all kinds",
    };
}
