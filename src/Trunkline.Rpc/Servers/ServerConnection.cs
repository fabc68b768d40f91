using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Trunkline.Http2;
using Trunkline.Rpc.Dispatching;
using Trunkline.Rpc.Security;
using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers;

/// <summary>One client's connection: makes calls of its streams and hands their work to other threads, once for all that a read brought.</summary>
internal sealed class ServerConnection(CallHost host, LinkInfo link) : IServerConnectionHandler
{
    private readonly WorkFan _fan = new();
    private readonly List<IWorkItem> _inline = [];
    private readonly ConcurrentQueue<IncomingStream> _spareStreams = new();
    private readonly bool _handlersOnReadLoop = host.Options.HandlersOnReadLoop;
    private string? _peer;
    private AuthContext? _authContext;

    /// <summary>Owned by the read loop.</summary>
    public AgentMetadata Agents;

    public CallHost Host { get; } = host;

    public ILogger Logger => Host.Logger;

    /// <summary>The client's address as gRPC writes it.</summary>
    public string Peer => _peer ??= PeerName.Of(link.RemoteEndPoint);

    public AuthContext AuthContext => _authContext ??= PeerIdentity.Of(link);

    /// <inheritdoc/>
    public IStreamHandler OnStream(Http2Stream stream)
    {
        if (!_spareStreams.TryDequeue(out IncomingStream? incoming))
        {
            incoming = new IncomingStream(this);
        }

        incoming.Begin(stream);
        return incoming;
    }

    /// <summary>Takes a stream's object back after its last event.</summary>
    public void Return(IncomingStream incoming) => _spareStreams.Enqueue(incoming);

    /// <summary>Keeps work that the read loop found until all of the read has been parsed. For the read loop alone.</summary>
    public void Gather(IWorkItem item)
    {
        if (_handlersOnReadLoop)
        {
            _inline.Add(item);
        }
        else
        {
            _fan.Gather(item);
        }
    }

    /// <summary>Runs work soon on the thread pool. From any thread.</summary>
    public void Post(IWorkItem item) => _fan.Post(item);

    /// <inheritdoc/>
    public void OnBatchEnd()
    {
        if (!_handlersOnReadLoop)
        {
            _fan.Open();
            return;
        }

        foreach (IWorkItem item in _inline)
        {
            item.Run();
        }

        _inline.Clear();
    }

    /// <inheritdoc/>
    public void OnGoAway(in Http2Error error)
    {
        // A client that goes away opens no more streams; the open ones go on, so nothing is to be done.
    }

    /// <inheritdoc/>
    public void OnClosed(in Http2Error error)
    {
        // Each stream has been told already, and whoever waits for the connection waits for Http2Connection.Closed.
    }
}
