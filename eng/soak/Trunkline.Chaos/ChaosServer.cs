using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Trunkline.Utils;

namespace Trunkline.Chaos;

/// <summary>The server under attack, with the options that every server has by default.</summary>
internal static class ChaosServer
{
    private static readonly TimeSpan SlowAnswer = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(string rootFile)
    {
        (KeyCertificatePair pair, string root) = MakeCertificate();
        await File.WriteAllTextAsync(rootFile, root);
        await using var server = new Server();
        server.Services.Add(Define());
        var plain = new ServerPort("127.0.0.1", ServerPort.PickUnused, ServerCredentials.Insecure);
        var tls = new ServerPort("127.0.0.1", ServerPort.PickUnused, new SslServerCredentials([pair]));
        server.Ports.Add(plain);
        server.Ports.Add(tls);
        server.Start();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plain.BoundPort} {tls.BoundPort}"));

        // Whoever started it ends it by closing its input, also when killed.
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static ServerServiceDefinition Define() => ServerServiceDefinition.CreateBuilder()
        .AddMethod(EchoMethods.Unary, (string request, ServerCallContext _) => Task.FromResult(request))
        .AddMethod<string, string>(EchoMethods.Repeat, async (string request, IServerStreamWriter<string> responses, ServerCallContext _) =>
        {
            int count = int.Parse(request.Split(' ')[0], CultureInfo.InvariantCulture);
            for (int i = 0; i < count; i++)
            {
                await responses.WriteAsync(request);
            }
        })
        .AddMethod<string, string>(
            EchoMethods.Join, async (IAsyncStreamReader<string> requests, ServerCallContext _) => string.Join(',', await requests.ToListAsync()))
        .AddMethod<string, string>(
            EchoMethods.Chat,
            async (IAsyncStreamReader<string> requests, IServerStreamWriter<string> responses, ServerCallContext _) => await requests.ForEachAsync(responses.WriteAsync))
        .AddMethod(EchoMethods.Slow, async (string request, ServerCallContext context) =>
        {
            await Task.Delay(SlowAnswer, context.CancellationToken);
            return request;
        })
        .Build();

    // A certificate for localhost that is its own root, as PEM.
    private static (KeyCertificatePair Pair, string Root) MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        string pem = certificate.ExportCertificatePem();
        return (new KeyCertificatePair(pem, key.ExportPkcs8PrivateKeyPem()), pem);
    }
}
