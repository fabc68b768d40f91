using System.Net.Security;

namespace Trunkline.Chaos.Attacks;

/// <summary>Connections that never become one.</summary>
internal static class Handshakes
{
    public static readonly Attack[] All =
    [
        new("silence", async (victim, target, random, stop) =>
        {
            await victim.ConnectAsync(random.Next(2) == 0 ? target.Port : target.TlsPort, stop);
            await victim.DrainAsync(stop);
        }),
        new("slow preface", async (victim, target, _, stop) =>
        {
            await victim.ConnectAsync(target.Port, stop);
            foreach (byte octet in Wire.Preface)
            {
                await victim.SendAsync(new[] { octet }, stop);
                await Task.Delay(500, stop);
            }

            await victim.DrainAsync(stop);
        }),
        new("half-open", async (victim, target, _, stop) =>
        {
            await victim.ConnectAsync(target.Port, stop);
            await victim.SendAsync(Wire.Preface, stop);
            victim.Reset();
        }),
        new("HTTP/1.1", async (victim, target, _, stop) =>
        {
            await victim.ConnectAsync(target.Port, stop);
            await victim.SendAsync("GET / HTTP/1.1\r\nHost: chaos\r\n\r\n"u8.ToArray(), stop);
            await victim.DrainAsync(stop);
        }),
        new("no TLS on the TLS port", async (victim, target, _, stop) =>
        {
            await victim.ConnectAsync(target.TlsPort, stop);
            await victim.SendAsync(Wire.Preface, stop);
            await victim.DrainAsync(stop);
        }),
        new("TLS cut off", async (victim, target, random, stop) =>
        {
            await victim.ConnectAsync(target.TlsPort, stop);
            byte[] hello = [0x16, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3, .. new byte[random.Next(300)]];
            await victim.SendAsync(hello, stop);
            if (random.Next(2) == 0)
            {
                victim.Reset();
                return;
            }

            await victim.DrainAsync(stop);
        }),
        Tls("TLS without h2", protocol: "http/1.1", victimSends: false),
        Tls("TLS, then garbage", protocol: "h2", victimSends: true),
    ];

    private static Attack Tls(string name, string protocol, bool victimSends) => new(name, async (victim, target, random, stop) =>
    {
        await victim.ConnectAsync(target.TlsPort, stop);
        await using var tls = new SslStream(victim.Stream);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [new SslApplicationProtocol(protocol)],
#pragma warning disable CA5359 // An attacker does not care whom it attacks.
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
            },
            stop);
        byte[] garbage = new byte[victimSends ? 1000 : 1];
        random.NextBytes(garbage);
        await tls.WriteAsync(garbage, stop);
        await tls.CopyToAsync(System.IO.Stream.Null, stop);
    });
}
