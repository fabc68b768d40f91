using Trunkline.Http2;

namespace Trunkline.Rpc.Tests.Servers;

/// <summary>A server over memory with one raw client.</summary>
internal sealed class MemoryServer : IAsyncDisposable
{
    private MemoryServer(Server server, MemoryListener listener, RawClient client)
    {
        Server = server;
        Listener = listener;
        Client = client;
    }

    public Server Server { get; }

    public MemoryListener Listener { get; }

    public RawClient Client { get; }

    public static Task<MemoryServer> StartAsync(ServerServiceDefinition.Builder service, ServerOptions? options = null) =>
        StartAsync(service, options, clientOptions: null);

    public static async Task<MemoryServer> StartAsync(ServerServiceDefinition.Builder service, ServerOptions? options, Http2Options? clientOptions)
    {
        var listener = new MemoryListener();
        var server = new Server((options ?? new ServerOptions()) with { Listeners = [listener] });
        server.Services.Add(service.Build());
        server.Start();
        return new MemoryServer(server, listener, await RawClient.ConnectAsync(listener.Connect(), clientOptions));
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }
}
