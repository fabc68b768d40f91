using System.Globalization;
using System.Runtime.InteropServices;
using GreeterServer;
using Greeting;
using Trunkline;

// usage: GreeterServer [PORT [CERTIFICATE.pem KEY.pem]]     (port 50051, without TLS, unless said otherwise)
var port = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 50051;
var credentials = args is [_, var certificate, var key]
    ? new SslServerCredentials([new KeyCertificatePair(await File.ReadAllTextAsync(certificate), await File.ReadAllTextAsync(key))])
    : ServerCredentials.Insecure;

var greeter = new GreeterService();
await using var server = new Server(new ServerOptions { BlockingWorkers = 10 });
server.Services.Add(Greeter.BindService(greeter));
server.Ports.Add(new ServerPort("[::]", port, credentials));
server.Start();
Console.WriteLine($"Greeter listens on port {server.Ports.Single().BoundPort}. Ctrl+C stops it.");

var stop = new TaskCompletionSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
await stop.Task;

await server.ShutdownAsync(); // Lets the calls that are running finish.
Console.WriteLine($"{greeter.Answered} calls answered.");

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true; // We end by ourselves, in order.
    stop.TrySetResult();
}
