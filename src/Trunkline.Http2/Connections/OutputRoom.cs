using Trunkline.Http2.Frames;
using Trunkline.Http2.Scheduling;

namespace Trunkline.Http2.Connections;

/// <summary>
/// How much data may go into the output before it leaves. What is in there is decided: whatever is written later comes behind it, however urgent. So
/// where streams of one urgency meet, much may gather, since that saves sends; once streams of different urgency have met, data waits on its stream until the link takes
/// more, and little is decided at a time (docs/notes/who-writes-next.md has the arithmetic). Owned by the output gate.
/// </summary>
internal sealed class OutputRoom(TurnScheduler<ConnectionStream> scheduler, OutputBuffer output, Http2Options options)
{
    /// <summary>The most data that is decided upon for one send while urgencies compete, in bytes: half a frame of the usual length.</summary>
    public const int LateTurn = 8 * 1024;

    /// <summary>
    /// The most data that writes may add by themselves behind that, in bytes: a few small answers, which need not wait for a turn when nobody as
    /// urgent waits.
    /// </summary>
    public const int LateWrite = 2 * 1024;

    /// <summary>Whether urgencies compete; once they do, it stays so. May be read without the gate.</summary>
    public bool IsLate => scheduler.HaveUrgenciesMet;

    /// <summary>The bytes of data that a write may put into the output at once.</summary>
    public int OfWrite(ConnectionStream stream) =>
        !IsLate ? Usual
        : scheduler.WouldBeNext(stream.Node.Class) ? (int)Math.Max(0, Math.Min(LateWrite, options.OutputHighWaterMark) - output.Length)
        : 0;

    /// <summary>The bytes of data that the stream whose turn it is may put into the output.</summary>
    public int OfTurn =>
        !IsLate ? Usual
        : output.Length < Math.Min(LateTurn, options.OutputHighWaterMark) ? LateTurn
        : 0;

    private int Usual => output.Length < options.OutputHighWaterMark ? FrameHeader.DefaultMaxLength : 0;
}
