namespace Trunkline;

/// <summary>How a channel secures its connections.</summary>
public abstract class ChannelCredentials
{
    private protected ChannelCredentials()
    {
    }

    /// <summary>Cleartext.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureCredentials();

    /// <summary>TLS with the certificates that the system trusts.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    private sealed class InsecureCredentials : ChannelCredentials;
}

/// <summary>TLS on the client's side.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    /// <summary>Trusts what the system trusts.</summary>
    public SslCredentials()
        : this(rootCertificates: null, keyCertificatePair: null)
    {
    }

    /// <summary>Trusts the given certificates instead of the system's.</summary>
    /// <param name="rootCertificates">PEM text of one or more certificates; null for the system's.</param>
    public SslCredentials(string? rootCertificates)
        : this(rootCertificates, keyCertificatePair: null)
    {
    }

    /// <summary>Trusts the given certificates and shows one of its own.</summary>
    /// <param name="rootCertificates">PEM text of one or more certificates; null for the system's.</param>
    /// <param name="keyCertificatePair">The client's certificate; null for none.</param>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair)
    {
        RootCertificates = rootCertificates;
        KeyCertificatePair = keyCertificatePair;
    }

    /// <summary>PEM text of the trusted certificates; null for the system's.</summary>
    public string? RootCertificates { get; }

    /// <summary>The client's certificate; null for none.</summary>
    public KeyCertificatePair? KeyCertificatePair { get; }
}
