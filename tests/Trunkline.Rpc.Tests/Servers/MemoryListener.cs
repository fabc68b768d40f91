using System.Net;
using System.Threading.Channels;
using Trunkline.Http2;

namespace Trunkline.Rpc.Tests.Servers;

/// <summary>Accepts links over memory.</summary>
internal sealed class MemoryListener : Listener
{
    private readonly Channel<Link> _links = System.Threading.Channels.Channel.CreateUnbounded<Link>();
    private int _accepted;

    public override EndPoint? LocalEndPoint => null;

    public int Accepted => Volatile.Read(ref _accepted);

    public Link Connect()
    {
        (MemoryLink first, MemoryLink second) = MemoryLink.CreatePair();
        if (!_links.Writer.TryWrite(second))
        {
            throw new IOException("The listener has closed.");
        }

        return first;
    }

    public override async ValueTask<Link?> AcceptAsync(CancellationToken cancellationToken)
    {
        while (await _links.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_links.Reader.TryRead(out Link? link))
            {
                Interlocked.Increment(ref _accepted);
                return link;
            }
        }

        return null;
    }

    public override ValueTask DisposeAsync()
    {
        _links.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }
}
