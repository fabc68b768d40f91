using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Trunkline.Http2.Tests.Transports;

/// <summary>A self-signed certificate for localhost, made once per run.</summary>
internal static class TestCertificate
{
    public static X509Certificate2 Localhost { get; } = Create();

    private static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pfx), password: null);
    }
}
