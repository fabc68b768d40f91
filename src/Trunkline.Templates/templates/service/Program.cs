using System.Runtime.InteropServices;
using TemplateNamespace;
using Trunkline;

await using var server = new Server();
server.Services.Add(Greeter.BindService(new GreeterService()));
server.Ports.Add(new ServerPort("[::]", 50051, ServerCredentials.Insecure));
server.Start();
Console.WriteLine("Listening on port 50051. Ctrl+C stops the server.");

// Calls that have begun are carried to their end before the program leaves.
var stop = new TaskCompletionSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
await stop.Task;
await server.ShutdownAsync();

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.TrySetResult();
}
