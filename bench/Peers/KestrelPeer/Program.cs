using KestrelPeer;
using Trunkline.LoadContract;

// usage: KestrelPeer server | KestrelPeer client HOST:PORT   (started by the load generator; see Roles)
switch (args)
{
    case ["server"]:
        var (server, port) = await KestrelServer.StartAsync();
        await using (server)
        {
            await Roles.ServeAsync(port);
        }

        return 0;
    case ["client", var address]:
        await using (var client = new SocketsHandlerClient(address))
        {
            await Roles.CallAsync(client);
        }

        return 0;
    default:
        await Console.Error.WriteLineAsync("usage: KestrelPeer server | KestrelPeer client HOST:PORT");
        return 2;
}
