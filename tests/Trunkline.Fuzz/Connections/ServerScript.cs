using Trunkline.Fuzz.Frames;
using Trunkline.Fuzz.Running;
using Trunkline.Http2;

namespace Trunkline.Fuzz.Connections;

/// <summary>Scripts against a server of ours: the peer is a client that keeps to the rules, mostly.</summary>
internal sealed class ServerScript : ConnectionScript, IServerConnectionHandler
{
    private readonly Http2ServerConnection _connection;
    private int _taken;

    public ServerScript(byte[] input, Trace trace)
        : base(input, isEngineServer: true, trace) => _connection = Http2ServerConnection.Create(Link, this, Options);

    protected override Http2Connection Connection => _connection;

    /// <inheritdoc/>
    public IStreamHandler OnStream(Http2Stream stream)
    {
        int choice = PreparePeer + (3 * _taken++);
        var taken = new AppStream((Manner)(choice & 7), isServer: true, isReleased: (choice & 8) != 0, Trace);
        taken.Take(stream);
        if ((choice & 0x10) != 0)
        {
            taken.BeginWork();
        }

        AppStreams.Add(taken);
        return taken;
    }

    /// <inheritdoc/>
    public void OnBatchEnd()
    {
    }

    /// <inheritdoc/>
    public void OnGoAway(in Http2Error error) => Trace.See("told GOAWAY", Trace.ReasonOf(error));

    /// <inheritdoc/>
    public void OnClosed(in Http2Error error)
    {
        Trace.Tell($"           app: connection closed, {error}");
        Closings++;
    }

    protected override Task OwnStepAsync(byte kind)
    {
        // A request on the next stream.
        SendHeaders(View.HighestStream + (View.HighestStream == 0 ? 1 : 2), Input.Byte(), NextBlock(isTrailers: false));
        return Task.CompletedTask;
    }

    protected override byte[] NextBlock(bool isTrailers)
    {
        byte choice = Input.Byte();
        bool isAdded = (choice & 0x80) != 0;
        return isTrailers
            ? Messages.Trailers(choice, isAdded, Input)
            : Messages.Request(choice, isAdded, Input);
    }
}
