namespace Trunkline;

/// <summary>How a server's port secures its connections.</summary>
public abstract class ServerCredentials
{
    private protected ServerCredentials()
    {
    }

    /// <summary>Cleartext.</summary>
    public static ServerCredentials Insecure { get; } = new InsecureCredentials();

    private sealed class InsecureCredentials : ServerCredentials;
}

/// <summary>What a server asks of its clients' certificates.</summary>
public enum SslClientCertificateRequestType
{
    /// <summary>Asks for none.</summary>
    DontRequest,

    /// <summary>Asks; takes clients without one, and does not check those that come.</summary>
    RequestButDontVerify,

    /// <summary>Asks; takes clients without one, and refuses one that is not trusted.</summary>
    RequestAndVerify,

    /// <summary>Insists on one; does not check it.</summary>
    RequestAndRequireButDontVerify,

    /// <summary>Insists on one that is trusted.</summary>
    RequestAndRequireAndVerify,
}

/// <summary>TLS on the server's side.</summary>
public sealed class SslServerCredentials : ServerCredentials
{
    /// <summary>Shows the given certificate and asks clients for none.</summary>
    /// <param name="keyCertificatePairs">
    /// The server's certificates: each client gets the first that is made out for the host name it asks for (SNI), or the first of all.
    /// </param>
    public SslServerCredentials(IEnumerable<KeyCertificatePair> keyCertificatePairs)
        : this(keyCertificatePairs, rootCertificates: null, SslClientCertificateRequestType.DontRequest)
    {
    }

    /// <summary>Shows the given certificate and asks clients for theirs.</summary>
    /// <param name="keyCertificatePairs">
    /// The server's certificates: each client gets the first that is made out for the host name it asks for (SNI), or the first of all.
    /// </param>
    /// <param name="rootCertificates">PEM text of the certificates that client certificates are checked against; null for the system's.</param>
    /// <param name="clientCertificateRequest">What to ask of clients.</param>
    public SslServerCredentials(
        IEnumerable<KeyCertificatePair> keyCertificatePairs, string? rootCertificates, SslClientCertificateRequestType clientCertificateRequest)
    {
        ArgumentNullException.ThrowIfNull(keyCertificatePairs);
        KeyCertificatePairs = [.. keyCertificatePairs];
        if (KeyCertificatePairs.Count == 0)
        {
            throw new ArgumentException("A TLS server needs at least one certificate with its key.", nameof(keyCertificatePairs));
        }

        RootCertificates = rootCertificates;
        ClientCertificateRequest = clientCertificateRequest;
    }

    /// <summary>The server's certificates.</summary>
    public IReadOnlyList<KeyCertificatePair> KeyCertificatePairs { get; }

    /// <summary>PEM text of the certificates that client certificates are checked against; null for the system's.</summary>
    public string? RootCertificates { get; }

    /// <summary>What is asked of clients' certificates.</summary>
    public SslClientCertificateRequestType ClientCertificateRequest { get; }
}
