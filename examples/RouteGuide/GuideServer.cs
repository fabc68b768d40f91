using Trunkline;

namespace Routes;

/// <summary>The server's half.</summary>
internal static class GuideServer
{
    /// <summary>Starts a server.</summary>
    /// <param name="host">The address to listen on; "[::]" for all.</param>
    /// <param name="port">The port; <see cref="ServerPort.PickUnused"/> for a free one.</param>
    /// <returns>The running server and the port that it got.</returns>
    public static (Server Server, int Port) Start(string host, int port)
    {
        var server = new Server();
        server.Services.Add(RouteGuide.BindService(new RouteGuideService(PlaceMap.Load(), TimeProvider.System)));
        server.Ports.Add(new ServerPort(host, port, ServerCredentials.Insecure));
        server.Start();
        return (server, server.Ports.Single().BoundPort);
    }
}
