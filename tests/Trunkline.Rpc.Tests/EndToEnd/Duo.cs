using Trunkline.Http2;
using Trunkline.Rpc.Tests.Servers;

namespace Trunkline.Rpc.Tests.EndToEnd;

/// <summary>Our server and our channel, over memory.</summary>
internal sealed class Duo : IAsyncDisposable
{
    private Duo(Server server, MemoryListener listener, Channel channel)
    {
        Server = server;
        Listener = listener;
        Channel = channel;
        Calls = channel.CreateCallInvoker();
    }

    public Server Server { get; }

    public MemoryListener Listener { get; }

    public Channel Channel { get; }

    public CallInvoker Calls { get; }

    public static Duo Start(ServerServiceDefinition.Builder service, ServerOptions? serverOptions = null, ChannelOptions? channelOptions = null)
    {
        var listener = new MemoryListener();
        var server = new Server((serverOptions ?? new ServerOptions()) with { Listeners = [listener] });
        server.Services.Add(service.Build());
        server.Start();
        ChannelOptions options = (channelOptions ?? new ChannelOptions()) with { Dialer = new MemoryDialer(listener) };
        return new Duo(server, listener, new Channel("localhost:1", ChannelCredentials.Insecure, options));
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await Server.DisposeAsync();
    }

    private sealed class MemoryDialer(MemoryListener listener) : Dialer
    {
        public override string Target => "memory";

        public override ValueTask<Link> DialAsync(CancellationToken cancellationToken) => ValueTask.FromResult(listener.Connect());
    }
}
