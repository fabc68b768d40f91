using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using HttpPush;

switch (args)
{
    case []:
        return await ServeAndVisitAsync();
    case ["server", "--port", var port] when int.TryParse(port, CultureInfo.InvariantCulture, out int number):
        return await ServeAsync(number);
    case ["client", "--port", var port] when int.TryParse(port, CultureInfo.InvariantCulture, out int number):
        return await VisitAsync(number);
    default:
        await Console.Error.WriteLineAsync(
            """
            usage: HttpPush                   server and client in this process, on a free port
                   HttpPush server --port N   the server alone, until Ctrl+C
                   HttpPush client --port N   the client alone, to a server on this machine
            """);
        return 2;
}

static async Task<int> ServeAndVisitAsync()
{
    await using PageServer server = PageServer.Start(IPAddress.Loopback, port: 0);
    return await VisitAsync(server.Port);
}

static async Task<int> VisitAsync(int port)
{
    try
    {
        return await new Browser().VisitAsync("localhost", port, Console.Out) ? 0 : 1;
    }
    catch (IOException exception)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 1;
    }
}

static async Task<int> ServeAsync(int port)
{
    var stop = new TaskCompletionSource();
    using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    await using PageServer server = PageServer.Start(IPAddress.IPv6Any, port);
    Console.WriteLine($"HttpPush listens on port {server.Port}. Ctrl+C stops it.");
    await stop.Task;
    return 0;

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true; // We end by ourselves, in order: what is under way finishes first.
        stop.TrySetResult();
    }
}
