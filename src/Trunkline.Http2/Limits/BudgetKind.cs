namespace Trunkline.Http2.Limits;

/// <summary>The budgets of a connection, one per attack; <see cref="Http2Limits"/> says what each is for.</summary>
internal enum BudgetKind : byte
{
    Settings,
    Pings,
    Priorities,
    WindowUpdates,
    EmptyFrames,
    TinyData,
    TinyWindows,
    LateFrames,
    StreamErrors,
    HeaderLists,
    Refusals,
    Glitches,
}
