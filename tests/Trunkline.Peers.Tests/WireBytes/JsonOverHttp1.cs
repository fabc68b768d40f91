using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Trunkline.Peers.Tests.WireBytes;

/// <summary>The Greeter's call as many write it today: JSON over HTTP/1.1 with a session cookie, by the platform's own client and server.</summary>
internal static class JsonOverHttp1
{
    private const string SessionCookie = "session=3f1c9a6be2d04c7790b2aa1d5e8f6c34";

    /// <summary>Makes calls, one after the other on one connection.</summary>
    /// <param name="calls">How many.</param>
    /// <param name="name">Whom to greet.</param>
    /// <returns>The bytes of request and response of each call, all of HTTP included.</returns>
    public static async Task<List<(int Request, int Response)>> MeasureAsync(int calls, string name)
    {
        (HttpListener listener, Uri address) = Listen();
        using (listener)
        {
            Task serving = ServeAsync(listener);
            Recording sent = new(), received = new();
            using var client = new HttpClient(new SocketsHttpHandler
            {
                UseProxy = false,
                ConnectCallback = async (context, cancellationToken) => new RecordingStream(await ConnectAsync(context.DnsEndPoint, cancellationToken), sent, received),
            });
            var sizes = new List<(int, int)>();
            for (int i = 0; i < calls; i++)
            {
                (int requestsBefore, int responsesBefore) = (sent.ToArray().Length, received.ToArray().Length);
                using HttpResponseMessage response = await client.PostAsJsonAsync(new Uri(address, "greeter/hello"), new { name });
                using var reply = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
                Assert.Equal($"Hello, {name}!", reply.RootElement.GetProperty("message").GetString());
                sizes.Add((sent.ToArray().Length - requestsBefore, received.ToArray().Length - responsesBefore));
            }

            listener.Stop();
            await serving;
            return sizes;
        }
    }

    private static async Task ServeAsync(HttpListener listener)
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await listener.GetContextAsync();
                using var request = await JsonDocument.ParseAsync(context.Request.InputStream);
                byte[] body = JsonSerializer.SerializeToUtf8Bytes(new { message = $"Hello, {request.RootElement.GetProperty("name").GetString()}!" });
                if (context.Request.Cookies.Count == 0)
                {
                    context.Response.AddHeader("Set-Cookie", $"{SessionCookie}; path=/; HttpOnly");
                }

                context.Response.ContentType = "application/json; charset=utf-8";
                context.Response.ContentLength64 = body.Length;
                await context.Response.OutputStream.WriteAsync(body);
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The listener was stopped: the measurement is over.
        }
    }

    /// <summary>Listens on a free port; another program may take the one that was free a moment ago, so this tries a few.</summary>
    private static (HttpListener Listener, Uri Address) Listen()
    {
        for (int attempt = 1; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            int port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}/"));
            var listener = new HttpListener { Prefixes = { address.ToString() } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                listener.Close();
            }
        }
    }

    private static async Task<NetworkStream> ConnectAsync(DnsEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
