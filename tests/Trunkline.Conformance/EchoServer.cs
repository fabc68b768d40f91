using System.Globalization;
using System.Net;
using System.Net.Security;
using Trunkline.Http2;

namespace Trunkline.Conformance;

/// <summary>Accepts connections until the process is stopped; each is served by itself, and a broken one ends alone.</summary>
internal static class EchoServer
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (!TryParse(arguments, out int port, out bool isTls))
        {
            Console.Error.WriteLine("usage: server --port N [--tls]");
            return 2;
        }

        await using Listener listener = Listen(port, isTls);
        Console.WriteLine($"listening on {listener.LocalEndPoint} ({(isTls ? "https" : "http")})");
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        try
        {
            while (await listener.AcceptAsync(stop.Token) is { } link)
            {
                _ = ServeAsync(link);
            }
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("stopped");
        }

        return 0;
    }

    /// <summary>Listens on all interfaces, over IPv4 alone where IPv6 is off.</summary>
    private static Listener Listen(int port, bool isTls)
    {
        Listener listener = SocketListener.ListenTcp(new IPEndPoint(IPAddress.IPv6Any, port));
        return isTls
            ? new TlsListener(listener, new SslServerAuthenticationOptions { ServerCertificate = SelfSigned.Create("localhost") })
            : listener;
    }

    private static async Task ServeAsync(Link link)
    {
        await using Http2ServerConnection connection = Http2ServerConnection.Create(link, new EchoConnection(), new Http2Options());
        try
        {
            await connection.StartAsync(CancellationToken.None);
            Http2Error error = await connection.Closed;
            if (!error.IsNone)
            {
                Console.WriteLine($"connection ended: {error}");
            }
        }
        catch (Http2Exception exception)
        {
            Console.WriteLine($"connection refused: {exception.Message}");
        }
    }

    private static bool TryParse(string[] arguments, out int port, out bool isTls)
    {
        port = 0;
        isTls = arguments.Contains("--tls", StringComparer.Ordinal);
        int at = Array.IndexOf(arguments, "--port");
        return at >= 0
            && at + 1 < arguments.Length
            && int.TryParse(arguments[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port <= IPEndPoint.MaxPort
            && arguments.Length == (isTls ? 3 : 2);
    }
}
