using System.Net;
using System.Threading.Channels;

namespace Trunkline.Http2.Tests.Transports;

/// <summary>A dialer and a listener that meet in memory.</summary>
internal sealed class MemoryTransport
{
    private readonly Channel<Link> _links = Channel.CreateUnbounded<Link>();

    public MemoryTransport()
    {
        Dialer = new MemoryDialer(_links.Writer);
        Listener = new MemoryListener(_links);
    }

    public Dialer Dialer { get; }

    public Listener Listener { get; }

    private sealed class MemoryDialer(ChannelWriter<Link> links) : Dialer
    {
        public override string Target => "memory";

        public override async ValueTask<Link> DialAsync(CancellationToken cancellationToken)
        {
            (MemoryLink here, MemoryLink there) = MemoryLink.CreatePair();
            await links.WriteAsync(there, cancellationToken);
            return here;
        }
    }

    private sealed class MemoryListener(Channel<Link> links) : Listener
    {
        public override EndPoint? LocalEndPoint => null;

        public override async ValueTask<Link?> AcceptAsync(CancellationToken cancellationToken) =>
            await links.Reader.WaitToReadAsync(cancellationToken) && links.Reader.TryRead(out Link? link) ? link : null;

        public override ValueTask DisposeAsync()
        {
            links.Writer.TryComplete();
            return default;
        }
    }
}
