using Trunkline.Fuzz.Running;
using Trunkline.Http2;

namespace Trunkline.Fuzz.Connections;

/// <summary>What has to hold once a script is through: of a connection that is still of use, and of one that is over.</summary>
internal sealed class EndLaws(PeerView view, Http2Connection connection, bool isEngineServer, Trace trace)
{
    /// <summary>The connection has answered a PING, nothing is left that could run, and the peer reads.</summary>
    public void CheckAlive(List<AppStream> streams)
    {
        Trace.Hold(!view.IsRefused, "GOAWAY with an error was sent and the connection goes on");
        Trace.Hold(view.UnacknowledgedSettings == 0, $"{view.UnacknowledgedSettings} SETTINGS are not acknowledged");
        int open = view.Streams.Values.Count(IsOpen);
        bool isCertain = view.Streams.Values.All(stream => !stream.IsGuessed);
        Trace.Hold(!isCertain || connection.OpenStreams == open, $"the engine has {connection.OpenStreams} open streams, its peer sees {open}\n{Describe()}");
        foreach (AppStream stream in streams.Where(stream => stream.IsWaiting))
        {
            PeerStream? seen = view.Streams.GetValueOrDefault(stream.Id);
            Trace.Hold(seen is not null, $"a write waits on stream {stream.Id}, which the peer does not know");
            Trace.Hold(seen.Window <= 0 || view.ConnectionWindow <= 0, $"a write waits although there is credit\nstream {seen.Id}: {seen.Window}, connection {view.ConnectionWindow}");
        }

        trace.See("alive", open == 0 ? "idle" : "busy");
    }

    /// <summary>The connection is over.</summary>
    public void CheckOver(List<AppStream> streams, int closings)
    {
        Trace.Hold(closings == 1, $"the handler was told {closings} times that the connection is over");
        foreach (AppStream stream in streams)
        {
            // A stream that never reached the wire learns it from its first write.
            stream.Write([], isTrailing: false, isEnd: true, leave: false);
            Trace.Hold(stream.Closings == 1, $"a stream was told {stream.Closings} times that it is over");
        }

        trace.Check();
        Trace.Hold(connection.OpenStreams == 0, $"{connection.OpenStreams} streams are open after the end");
    }


    // What the receiver of a stream has left behind with GOAWAY is not open for either side. A promise is not open before its response has begun.
    private bool IsOpen(PeerStream stream)
    {
        bool isOpenedByEngine = stream.Id % 2 == 0 == isEngineServer;
        return !stream.IsOver && !(isEngineServer && stream.IsReserved) && stream.Id <= (isOpenedByEngine ? view.LastGoAwaySent : view.LastGoAway);
    }

    private string Describe() =>
        string.Join("; ", view.Streams.Values.Where(IsOpen).Select(stream => $"{stream.Id} peer {(stream.IsPeerEnded ? "ended" : "open")} engine {(stream.IsEngineEnded ? "ended" : "open")}"));
}
