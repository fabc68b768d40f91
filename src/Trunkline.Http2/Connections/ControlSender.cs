using Trunkline.Http2.Diagnostics;
using Trunkline.Http2.Frames;
using Trunkline.Http2.Scheduling;

namespace Trunkline.Http2.Connections;

/// <summary>
/// What a connection says of itself: SETTINGS, PING, GOAWAY, WINDOW_UPDATE, and RST_STREAM for streams that have no object. Counts each frame and writes
/// none once the output is closed. Owned by the output gate: every member is called with the gate held.
/// </summary>
internal sealed class ControlSender(StreamSender streams, OutputBuffer output, TrafficTally tally)
{
    private int _owedReplies;

    /// <summary>The first SETTINGS, behind what a client puts before them, and the credit that enlarges the connection's window.</summary>
    public void WritePreface(bool isClient, ReadOnlySpan<Setting> settings, int connectionCredit)
    {
        if (isClient && !streams.IsClosed)
        {
            output.Write(ConnectionPreface.Client);
        }

        WriteSettings(settings);
        if (connectionCredit > 0)
        {
            WriteWindowUpdate(StreamId.Connection, connectionCredit);
        }
    }

    public void WriteSettings(ReadOnlySpan<Setting> settings)
    {
        if (!streams.IsClosed)
        {
            int size = FrameHeader.Size + (settings.Length * Setting.Size);
            output.Advance(FrameWriter.WriteSettings(output.GetRoom(size), settings));
            tally.CountFrame(FrameType.Settings);
        }
    }

    public void WriteSettingsAck()
    {
        if (!streams.IsClosed)
        {
            output.Advance(FrameWriter.WriteSettingsAck(output.GetRoom(FrameHeader.Size)));
            tally.CountFrame(FrameType.Settings);
        }
    }

    public void WritePing(long opaque, bool ack)
    {
        if (!streams.IsClosed)
        {
            output.Advance(FrameWriter.WritePing(output.GetRoom(FrameWriter.PingSize), opaque, ack));
            tally.CountFrame(FrameType.Ping);
        }
    }

    public void WriteWindowUpdate(StreamId id, int increment)
    {
        if (!streams.IsClosed)
        {
            output.Advance(FrameWriter.WriteWindowUpdate(output.GetRoom(FrameWriter.WindowUpdateSize), id, increment));
            tally.CountFrame(FrameType.WindowUpdate);
        }
    }

    public void WriteReset(StreamId id, Http2ErrorCode code)
    {
        if (!streams.IsClosed)
        {
            output.Advance(FrameWriter.WriteRstStream(output.GetRoom(FrameWriter.RstStreamSize), id, code));
            tally.CountFrame(FrameType.RstStream);
            streams.ResetsSent++;
        }
    }

    public void WriteGoAway(StreamId lastStreamId, Http2ErrorCode code, ReadOnlySpan<byte> debugData)
    {
        if (!streams.IsClosed)
        {
            int size = FrameWriter.GoAwaySize + debugData.Length;
            output.Advance(FrameWriter.WriteGoAway(output.GetRoom(size), lastStreamId, code, debugData));
            tally.CountFrame(FrameType.GoAway);
        }
    }

    /// <summary>Notes that the peer is owed a reply until the output is taken; an error where it leaves too many unread.</summary>
    public Http2Error OweReply() =>
        ++_owedReplies <= OutputGate.MaxOwedReplies
            ? Http2Error.None
            : Http2Error.Connection(
                Http2ErrorCode.EnhanceYourCalm, $"more than {OutputGate.MaxOwedReplies} acknowledgements are owed to a peer that does not read them");

    /// <summary>The output has been taken, the owed replies with it.</summary>
    public void NoteTaken() => _owedReplies = 0;
}
