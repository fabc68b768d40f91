using Trunkline.Fuzz.Frames;
using Trunkline.Fuzz.Running;
using Trunkline.Http2;

namespace Trunkline.Fuzz.Connections;

/// <summary>Scripts against a client of ours: the peer is a server that keeps to the rules, mostly.</summary>
internal sealed class ClientScript : ConnectionScript, IClientConnectionHandler
{
    private readonly Http2ClientConnection _connection;

    public ClientScript(byte[] input, Trace trace)
        : base(input, isEngineServer: false, trace) => _connection = Http2ClientConnection.Create(Link, this, Options);

    protected override Http2Connection Connection => _connection;

    /// <inheritdoc/>
    public void OnBatchEnd()
    {
    }

    /// <inheritdoc/>
    public void OnStreamsAvailable() => Trace.See("app", "streams available");

    /// <inheritdoc/>
    public void OnGoAway(in Http2Error error) => Trace.See("told GOAWAY", Trace.ReasonOf(error));

    /// <inheritdoc/>
    public IStreamHandler? OnPush(in PushOffer offer)
    {
        Trace.See("app", "push offered");
        Trace.Tell($"           app: stream {offer.Stream.Id} is offered");
        if (PreparePeer % 5 == 0)
        {
            return null;
        }

        var taken = new AppStream((Manner)(PreparePeer & 7), isServer: false, isReleased: (PreparePeer & 8) != 0, Trace, isPushed: true);
        taken.Take(offer.Stream);
        AppStreams.Add(taken);
        return taken;
    }

    /// <inheritdoc/>
    public void OnClosed(in Http2Error error)
    {
        Trace.Tell($"           app: connection closed, {error}");
        Closings++;
    }

    protected override Task OwnStepAsync(byte kind)
    {
        byte choice = Input.Byte();
        if (kind % 24 == 23)
        {
            Promise(choice);
            return Task.CompletedTask;
        }

        if (kind % 3 == 0)
        {
            // An answer on a stream that there is.
            SendHeaders(ChooseStream(choice), Input.Byte(), NextBlock(isTrailers: false));
            return Task.CompletedTask;
        }

        var stream = new AppStream((Manner)(choice & 7), isServer: false, isReleased: (choice & 8) != 0, Trace);
        OpenOutcome outcome = _connection.TryOpen(stream, out Http2Stream? opened);
        Trace.See("open", outcome.ToString());
        Trace.Tell($"           app: open, {outcome}");
        if (outcome != OpenOutcome.Opened)
        {
            return Task.CompletedTask;
        }

        stream.Take(opened!);
        AppStreams.Add(stream);
        if ((choice & 0xC0) != 0)
        {
            byte size = Input.Byte();
            stream.Write(new byte[size < 0x80 ? 0 : (size & 0x7F) * 300], isTrailing: false, isEnd: (choice & 0x40) != 0, leave: (choice & 0x30) == 0x30);
        }

        return Task.CompletedTask;
    }

    // A promise on a stream that there is; now and then the application has had enough of them.
    private void Promise(byte choice)
    {
        if (choice == 0xF0 && IsStarted)
        {
            _connection.DisablePush();
            return;
        }

        int promised = View.HighestPromised + 2;
        byte[] request = choice < 0xA0 ? PlainBlock.Of(isAdded: true, (":method", "GET"), (":scheme", "http"), (":path", "/p"), (":authority", "fuzz")) : NextRequest();
        Send(new RawFrame(RawFrame.PushPromise, RawFrame.EndHeadersFlag, ChooseStream(choice), [(byte)(promised >> 24), (byte)(promised >> 16), (byte)(promised >> 8), (byte)promised, .. request]));
    }

    private byte[] NextRequest()
    {
        byte choice = Input.Byte();
        return Messages.Request(choice, isAdded: false, Input);
    }

    protected override byte[] NextBlock(bool isTrailers)
    {
        byte choice = Input.Byte();
        bool isAdded = (choice & 0x80) != 0;
        return isTrailers
            ? Messages.Trailers(choice, isAdded, Input)
            : Messages.Response(choice, isAdded, Input);
    }
}
