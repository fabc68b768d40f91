using System.Runtime.InteropServices;
using Trunkline.Interceptors;
using Trunkline.Interop.CommandLines;

namespace Trunkline.Interop.Servers;

/// <summary>The interop server: prints its port, runs until it is stopped, then prints how many unary calls ended OK.</summary>
internal static class InteropServer
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var flags = new Flags(arguments, "port", "use_tls", "tls_cert_file", "tls_key_file", "compression");
        var counter = new OkCounter();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

        await using Server server = Create(counter, flags.Text("compression"));
        ServerPort port = server.Ports.Add("[::]", flags.Port("port"), CredentialsOf(flags));
        server.Start();
        Console.WriteLine($"listening on {port.BoundPort}");
        await stopped.Task;
        await server.KillAsync();
        Console.WriteLine($"{counter.Count} unary calls ended OK");
        return 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.TrySetResult();
        }
    }

    /// <summary>A server with the interop service, without a port yet.</summary>
    /// <param name="counter">Counts its calls.</param>
    /// <param name="compression">The compression of its responses; null for none.</param>
    public static Server Create(OkCounter counter, string? compression = null)
    {
        var server = new Server(new ServerOptions { ResponseCompression = compression });
        server.Services.Add(TestService.BindService(new TestServiceImplementation()).Intercept(counter));
        return server;
    }

    private static ServerCredentials CredentialsOf(Flags flags)
    {
        if (!flags.Switch("use_tls"))
        {
            return ServerCredentials.Insecure;
        }

        string certificate = File.ReadAllText(flags.Required("tls_cert_file"));
        return new SslServerCredentials([new KeyCertificatePair(certificate, File.ReadAllText(flags.Required("tls_key_file")))]);
    }
}
