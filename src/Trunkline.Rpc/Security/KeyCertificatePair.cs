namespace Trunkline;

/// <summary>A certificate with its private key, both as PEM text.</summary>
public sealed class KeyCertificatePair
{
    /// <summary>Makes a pair.</summary>
    /// <param name="certificateChain">The certificate, followed by those of its issuers if any, as PEM.</param>
    /// <param name="privateKey">The private key as PEM.</param>
    public KeyCertificatePair(string certificateChain, string privateKey)
    {
        ArgumentNullException.ThrowIfNull(certificateChain);
        ArgumentNullException.ThrowIfNull(privateKey);
        CertificateChain = certificateChain;
        PrivateKey = privateKey;
    }

    /// <summary>Reads a pair from two PEM files.</summary>
    /// <param name="certificateChainPath">The file with the certificate, followed by those of its issuers if any.</param>
    /// <param name="privateKeyPath">The file with the private key, not encrypted.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="ArgumentException">A file holds no such PEM block; the message names the file and the block.</exception>
    public static KeyCertificatePair FromFiles(string certificateChainPath, string privateKeyPath)
    {
        string certificateChain = ReadPem(certificateChainPath, "CERTIFICATE");
        return new KeyCertificatePair(certificateChain, ReadPem(privateKeyPath, "PRIVATE KEY"));
    }

    /// <summary>The certificate chain as PEM.</summary>
    public string CertificateChain { get; }

    /// <summary>The private key as PEM.</summary>
    public string PrivateKey { get; }

    private static string ReadPem(string path, string label)
    {
        string text = File.ReadAllText(path);

        // "RSA PRIVATE KEY" and "EC PRIVATE KEY" are private keys too; "ENCRYPTED PRIVATE KEY" cannot be used without its password.
        if (text.Contains("-----BEGIN ENCRYPTED", StringComparison.Ordinal))
        {
            throw new ArgumentException($"The private key in {path} is encrypted: decrypt it first, for instance with 'openssl pkey'.", nameof(path));
        }

        return text.Contains(label + "-----", StringComparison.Ordinal)
            ? text
            : throw new ArgumentException($"{path} holds no PEM block '{label}'.", nameof(path));
    }
}
