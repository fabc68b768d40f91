using Trunkline.Interop.Certificates;
using Trunkline.Interop.Servers;

namespace Trunkline.Peers.Tests;

/// <summary>How a client reaches a server.</summary>
public enum Line
{
    /// <summary>Cleartext.</summary>
    Cleartext,

    /// <summary>TLS.</summary>
    Tls,

    /// <summary>Cleartext with all messages compressed by gzip, both ways.</summary>
    Gzip,
}

/// <summary>Our interop server in this process, on a port for each kind of line, with its certificates in a folder.</summary>
public sealed class InteropHost : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trunkline-peers-");
    private readonly Server _server = InteropServer.Create(new OkCounter());
    private readonly Server _compressing = InteropServer.Create(new OkCounter(), "gzip");
    private readonly ServerPort _cleartext;
    private readonly ServerPort _tls;
    private readonly ServerPort _gzip;

    /// <summary>Makes the certificates and the server.</summary>
    public InteropHost()
    {
        var certificates = TestCertificates.Create();
        certificates.Write(_folder.FullName);
        _cleartext = _server.Ports.Add("[::]", 0, ServerCredentials.Insecure);
        _gzip = _compressing.Ports.Add("[::]", 0, ServerCredentials.Insecure);
        _tls = _server.Ports.Add("[::]", 0, new SslServerCredentials([new KeyCertificatePair(certificates.ServerPem, certificates.ServerKeyPem)]));
    }

    /// <summary>The flags with which an interop client reaches it.</summary>
    public string[] ClientFlags(Line line) => line switch
    {
        Line.Tls =>
            [$"--server_port={_tls.BoundPort}", "--use_tls=true", $"--ca_file={AuthorityPath}", $"--server_host_override={TestCertificates.ServerName}"],
        Line.Gzip => [$"--server_port={_gzip.BoundPort}", "--compression=gzip"],
        _ => [$"--server_port={_cleartext.BoundPort}"],
    };

    /// <summary>The flags with which an interop server uses the same certificates.</summary>
    public string[] ServerFlags(Line line) => line switch
    {
        Line.Tls => ["--use_tls=true", $"--tls_cert_file={CertificatePath}", $"--tls_key_file={KeyPath}"],
        Line.Gzip => ["--compression=gzip"],
        _ => [],
    };

    /// <summary>A channel to a server that uses these certificates.</summary>
    public Channel Connect(int port, Line line) => line == Line.Tls
        ? new Channel("localhost", port, new SslCredentials(File.ReadAllText(AuthorityPath)), new ChannelOptions { Authority = TestCertificates.ServerName })
        : new Channel("localhost", port, ChannelCredentials.Insecure, new ChannelOptions { Compression = line == Line.Gzip ? "gzip" : null });

    /// <summary>The server's certificate.</summary>
    public string CertificatePath => TestCertificates.ServerPath(_folder.FullName);

    /// <summary>The server's private key.</summary>
    public string KeyPath => TestCertificates.ServerKeyPath(_folder.FullName);

    private string AuthorityPath => TestCertificates.AuthorityPath(_folder.FullName);

    /// <inheritdoc/>
    public Task InitializeAsync()
    {
        _server.Start();
        _compressing.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _compressing.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
