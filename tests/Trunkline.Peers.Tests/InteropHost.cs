using Trunkline.Interop.Certificates;
using Trunkline.Interop.Servers;

namespace Trunkline.Peers.Tests;

/// <summary>Our interop server in this process, on one port in cleartext and on one over TLS, with its certificates in a folder.</summary>
public sealed class InteropHost : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trunkline-peers-");
    private readonly Server _server = InteropServer.Create(new OkCounter());
    private readonly ServerPort _cleartext;
    private readonly ServerPort _tls;

    /// <summary>Makes the certificates and the server.</summary>
    public InteropHost()
    {
        var certificates = TestCertificates.Create();
        certificates.Write(_folder.FullName);
        _cleartext = _server.Ports.Add("[::]", 0, ServerCredentials.Insecure);
        _tls = _server.Ports.Add("[::]", 0, new SslServerCredentials([new KeyCertificatePair(certificates.ServerPem, certificates.ServerKeyPem)]));
    }

    /// <summary>The flags with which an interop client reaches it.</summary>
    public string[] ClientFlags(bool isTls) => isTls
        ? [$"--server_port={_tls.BoundPort}", "--use_tls=true", $"--ca_file={AuthorityPath}", $"--server_host_override={TestCertificates.ServerName}"]
        : [$"--server_port={_cleartext.BoundPort}"];

    /// <summary>The flags with which an interop server uses the same certificates.</summary>
    public string[] ServerFlags(bool isTls) => isTls ? ["--use_tls=true", $"--tls_cert_file={CertificatePath}", $"--tls_key_file={KeyPath}"] : [];

    /// <summary>A channel to a server that uses these certificates.</summary>
    public Channel Connect(int port, bool isTls) => isTls
        ? new Channel("localhost", port, new SslCredentials(File.ReadAllText(AuthorityPath)), new ChannelOptions { Authority = TestCertificates.ServerName })
        : new Channel("localhost", port, ChannelCredentials.Insecure);

    /// <summary>The server's certificate.</summary>
    public string CertificatePath => TestCertificates.ServerPath(_folder.FullName);

    /// <summary>The server's private key.</summary>
    public string KeyPath => TestCertificates.ServerKeyPath(_folder.FullName);

    private string AuthorityPath => TestCertificates.AuthorityPath(_folder.FullName);

    /// <inheritdoc/>
    public Task InitializeAsync()
    {
        _server.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
