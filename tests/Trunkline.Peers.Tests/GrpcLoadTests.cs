using Google.Protobuf;
using Greeting;
using Trunkline.Harness;
using Trunkline.Harness.Peers;

namespace Trunkline.Peers.Tests;

/// <summary>
/// h2load with a gRPC body against the Greeter. It takes any HTTP 200 for a success and cannot see a gRPC error, so the server's own count and the
/// bytes received decide.
/// </summary>
public sealed class GrpcLoadTests(InteropHost certificates) : IClassFixture<InteropHost>
{
    /// <summary>The flag and the length in front of each message.</summary>
    private const int Prefix = 5;

    [PeerTheory("h2load")]
    [InlineData(false, 20_000)]
    [InlineData(true, 5_000)]
    public async Task H2load_GrpcBody_OurGreeter_EveryCallIsAnsweredInFull(bool isTls, int calls)
    {
        string body = Path.GetTempFileName();
        string[] tls = isTls ? [certificates.CertificatePath, certificates.KeyPath] : [];
        (PeerProcess server, string port) = await Programs.StartGreeterAsync(tls);
        await using (server)
        {
            try
            {
                await File.WriteAllBytesAsync(body, Framed(new Request { Name = "h2load" }));
                string report = await PeerProcess.RunAsync(
                    "h2load", "-n", $"{calls}", "-c", "4", "-m", "50", "-d", body, "-H", "content-type: application/grpc", "-H", "te: trailers",
                    $"{(isTls ? "https" : "http")}://localhost:{port}/greeting.Greeter/Hello");
                Assert.Contains($"{calls} succeeded, 0 failed, 0 errored, 0 timeout", report, StringComparison.Ordinal);

                int replySize = Prefix + new Reply { Message = "Hello, h2load!" }.CalculateSize();
                Assert.Equal(calls * replySize, H2loadReport.DataBytes(report));
                Assert.Equal(0, await server.StopAsync());
                Assert.Equal($"{calls} calls answered.", server.Output[^1]);
            }
            finally
            {
                File.Delete(body);
            }
        }
    }

    private static byte[] Framed(Request message)
    {
        byte[] framed = new byte[Prefix + message.CalculateSize()];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), framed.Length - Prefix);
        message.WriteTo(framed.AsSpan(Prefix));
        return framed;
    }
}
