using Trunkline.LoadContract;

namespace Trunkline.LoadGenerator;

/// <summary>The server's half of the Trunkline stack.</summary>
internal static class TrunklineLoadServer
{
    /// <summary>Serves on a free port of the loopback address until the input ends.</summary>
    public static async Task RunAsync()
    {
        await using var server = new Server();
        server.Services.Add(Load.BindService(new LoadService()));
        server.Ports.Add(new ServerPort("127.0.0.1", ServerPort.PickUnused, ServerCredentials.Insecure));
        server.Start();
        await Roles.ServeAsync(server.Ports.Single().BoundPort);
    }
}
