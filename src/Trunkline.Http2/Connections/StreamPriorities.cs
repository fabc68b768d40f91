using Trunkline.Http2.Diagnostics;
using Trunkline.Http2.Frames;
using Trunkline.Http2.Hpack;
using Trunkline.Http2.Scheduling;

namespace Trunkline.Http2.Connections;

/// <summary>
/// Where streams stand by what both sides say, and how a client says it. Owned by the output gate: every member is called with the gate held.
/// </summary>
internal sealed class StreamPriorities(TurnScheduler<ConnectionStream> scheduler, OutputBuffer output, Http2Options options, TrafficTally tally)
{
    /// <summary>The peer has said what it asks for.</summary>
    public void SetAsked(ConnectionStream stream, PrioritySignal signal)
    {
        stream.Priorities.Asked = signal;
        Place(stream);
    }

    /// <summary>The layer above a server's stream says where it is to stand, whatever the client asked for.</summary>
    public void SetOwn(ConnectionStream stream, Priority priority)
    {
        stream.Priorities.Own = PrioritySignal.Of(priority);
        Place(stream);
    }

    /// <summary>The layer above a client's stream asks for a priority: in the request's head, or by PRIORITY_UPDATE once that is out.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="priority">What it asks for. The default needs no field.</param>
    /// <param name="mayUpdate">Whether the server takes PRIORITY_UPDATE.</param>
    public void Ask(ConnectionStream stream, Priority priority, bool mayUpdate)
    {
        if (!stream.IsHeadersSent)
        {
            stream.Priorities.IsUnannounced = priority != default;
            stream.Priorities.Own = priority == default ? PrioritySignal.None : PrioritySignal.Of(priority);
            Place(stream);
            return;
        }

        if (stream.Priorities.Own.ToPriority() == priority)
        {
            return;
        }

        SetOwn(stream, priority);
        if (mayUpdate)
        {
            Span<byte> value = stackalloc byte[Priority.MaxFormattedLength];
            value = value[..priority.Format(value)];
            output.Advance(FrameWriter.WritePriorityUpdate(output.GetRoom(FrameWriter.PriorityUpdateSize + value.Length), stream.Id, value));
            tally.CountFrame(FrameType.PriorityUpdate);
        }
    }

    /// <summary>Adds the <c>priority</c> field to the request's header block that is being encoded (RFC 9218 5).</summary>
    public static void Announce(ConnectionStream stream, HpackEncoder encoder)
    {
        stream.Priorities.IsUnannounced = false;
        Span<byte> value = stackalloc byte[Priority.MaxFormattedLength];
        value = value[..stream.Priorities.Own.ToPriority().Format(value)];
        encoder.Write(PriorityField.Name, value, Indexing.Incremental);
    }

    /// <summary>
    /// A head goes out: a <c>priority</c> field among its fields counts here too (RFC 9218 8). What <see cref="Http2Stream.Priority"/> was set to goes over it.
    /// </summary>
    public void ReadHead(ConnectionStream stream, PreparedFields? prepared, FieldSection? more)
    {
        if (prepared is { HasPriority: true })
        {
            ReadLines(stream, prepared.Fields);
        }

        if (more is not null)
        {
            ReadLines(stream, more);
        }
    }

    private void ReadLines(ConnectionStream stream, FieldSection fields)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            if (fields.Name(i).SequenceEqual(PriorityField.Name) && PriorityField.TryParse(fields.Value(i), out PrioritySignal signal))
            {
                stream.Priorities.Own = signal.OverriddenBy(stream.Priorities.Own);
                Place(stream);
            }
        }
    }

    private void Place(ConnectionStream stream)
    {
        if (options.SchedulesByPriority)
        {
            TurnClass turnClass = stream.Priorities.Effective.ToTurnClass();
            scheduler.SetClass(stream, turnClass);
            scheduler.Meet(turnClass);
        }
    }
}
