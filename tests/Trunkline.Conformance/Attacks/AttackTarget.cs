using System.Globalization;
using System.Net;
using System.Net.Security;
using Trunkline.Http2;

namespace Trunkline.Conformance.Attacks;

/// <summary>
/// The server under attack, a process of its own so that its memory and processor time are seen: gRPC with all limits at their defaults, in cleartext
/// and over TLS. Runs until its standard input ends.
/// </summary>
internal static class AttackTarget
{
    private const string Service = "attack.Target";
    private const int LargeAnswer = 1024 * 1024;

    /// <summary>Answers at once.</summary>
    public static Method<string, string> Echo { get; } = MethodOf("Echo");

    /// <summary>Answers after ten seconds, cancelled or not.</summary>
    public static Method<string, string> Stuck { get; } = MethodOf("Stuck");

    /// <summary>Waits for its cancellation.</summary>
    public static Method<string, string> Waiting { get; } = MethodOf("Waiting");

    /// <summary>Answers with a mebibyte.</summary>
    public static Method<string, string> Large { get; } = MethodOf("Large");

    public static async Task<int> RunAsync()
    {
        await using var tls = new TlsListener(
            SocketListener.ListenTcp(new IPEndPoint(IPAddress.Loopback, 0)),
            new SslServerAuthenticationOptions { ServerCertificate = SelfSigned.Create("localhost") });
        var port = new ServerPort("127.0.0.1", ServerPort.PickUnused, ServerCredentials.Insecure);
        await using var server = new Server(new ServerOptions { Listeners = [tls] });
        server.Ports.Add(port);
        server.Services.Add(ServerServiceDefinition.CreateBuilder()
            .AddMethod(Echo, EchoAsync)
            .AddMethod(Stuck, StuckAsync)
            .AddMethod(Waiting, WaitAsync)
            .AddMethod(Large, AnswerLargeAsync)
            .Build());
        server.Start();
        int tlsPort = ((IPEndPoint)tls.LocalEndPoint!).Port;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{port.BoundPort} {tlsPort}"));
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static Method<string, string> MethodOf(string name) =>
        new(MethodType.Unary, Service, name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);

    private static Task<string> AnswerLargeAsync(string request, ServerCallContext context) => Task.FromResult(new string('x', LargeAnswer));

    private static Task<string> EchoAsync(string request, ServerCallContext context) => Task.FromResult(request);

    private static async Task<string> StuckAsync(string request, ServerCallContext context)
    {
        await Task.Delay(TimeSpan.FromSeconds(10), CancellationToken.None);
        return request;
    }

    private static async Task<string> WaitAsync(string request, ServerCallContext context)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
        return request;
    }
}
