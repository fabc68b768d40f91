using Trunkline.Http2;
using Trunkline.Rpc.Clients;
using Trunkline.Rpc.Security;

namespace Trunkline.Rpc.Channels;

/// <summary>One HTTP/2 connection of a channel, from its dialling to the end of its last stream.</summary>
internal sealed class ChannelConnection(Subchannel subchannel) : IClientConnectionHandler, IAsyncDisposable
{
    private Http2ClientConnection? _http2;
    private string _peer = "";

    /// <summary>True once the connection takes no new streams. Belongs to the subchannel's lock.</summary>
    public bool IsGone { get; set; }

    /// <summary>True once nothing happens on the connection any more. Belongs to the subchannel's lock.</summary>
    public bool IsOver { get; set; }

    /// <summary>The peer, for messages.</summary>
    public string Peer => _peer;

    /// <summary>Dials and completes HTTP/2's handshake.</summary>
    public async Task StartAsync(Dialer dialer, Http2Options options, CancellationToken cancellationToken)
    {
        Link link = await dialer.DialAsync(cancellationToken).ConfigureAwait(false);
        _peer = PeerName.Of(link.Info.RemoteEndPoint, dialer.Target);
        _http2 = Http2ClientConnection.Create(link, this, options);
        await _http2.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a stream for a call that was claimed.</summary>
    public OpenOutcome TryOpen(ClientCall call, out Http2Stream? stream) => _http2!.TryOpen(call, out stream);

    /// <summary>Lets the open calls finish, then closes.</summary>
    public Task ShutdownAsync() => _http2!.ShutdownAsync(CancellationToken.None);

    /// <summary>Closes at once; open calls end CANCELLED.</summary>
    public void Abort() => _http2!.Abort(Http2ErrorCode.NoError, "the channel was closed");

    public ValueTask DisposeAsync() => _http2?.DisposeAsync() ?? ValueTask.CompletedTask;

    public void OnBatchEnd() => subchannel.Completions.Open();

    public void OnGoAway(in Http2Error error) => subchannel.OnGoingAway(this, error);

    public void OnStreamsAvailable() => subchannel.StartWaiting();

    public void OnClosed(in Http2Error error)
    {
        subchannel.OnLost(this, error);
        subchannel.Completions.Open();
    }
}
