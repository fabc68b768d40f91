using System.Reflection;
using Trunkline.LoadContract;
using Trunkline.LoadGenerator;

var assembly = typeof(LoadOptions).Assembly;
switch (args)
{
    case ["server"]:
        await TrunklineLoadServer.RunAsync();
        return 0;
    case ["client", var address]:
        await using (var client = new TrunklineLoadClient(address))
        {
            await Roles.CallAsync(client);
        }

        return 0;
    default:
        if (LoadOptions.Parse(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(LoadOptions.Usage);
            return 2;
        }

        var peer = assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "KestrelPeer").Value!;
        await using (var ours = await Stack.StartAsync("Trunkline", assembly.Location))
        await using (var theirs = await Stack.StartAsync("Kestrel + SocketsHttpHandler", peer))
        {
            await new Comparison([ours, theirs], options.Rounds, options.Length).RunAsync(options.Works, Console.Out);
        }

        return 0;
}
