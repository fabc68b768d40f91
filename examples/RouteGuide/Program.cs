using System.Globalization;
using System.Runtime.InteropServices;
using Routes;
using Trunkline;

switch (args)
{
    case []:
        return await ServeAndCallAsync();
    case ["server", "--port", var port] when int.TryParse(port, CultureInfo.InvariantCulture, out var number):
        return await ServeAsync(number);
    case ["client", "--address", var address]:
        return await Tour.RunAsync(address, Console.Out) ? 0 : 1;
    default:
        await Console.Error.WriteLineAsync(
            """
            usage: RouteGuide                              server and client in this process, on a free port of the loopback address
                   RouteGuide server --port N              the server alone, until Ctrl+C
                   RouteGuide client --address HOST:PORT   the client alone
            """);
        return 2;
}

static async Task<int> ServeAndCallAsync()
{
    var (server, port) = GuideServer.Start("127.0.0.1", ServerPort.PickUnused);
    await using (server)
    {
        var ok = await Tour.RunAsync($"127.0.0.1:{port}", Console.Out);
        await server.ShutdownAsync();
        return ok ? 0 : 1;
    }
}

static async Task<int> ServeAsync(int port)
{
    var (server, boundPort) = GuideServer.Start("[::]", port);
    await using (server)
    {
        var stop = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        Console.WriteLine($"RouteGuide listens on port {boundPort}. Ctrl+C stops it.");
        await stop.Task;
        await server.ShutdownAsync();
        return 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true; // We end by ourselves, in order: running calls finish first.
            stop.TrySetResult();
        }
    }
}
