using System.Security.Cryptography.X509Certificates;
using System.Text;
using Trunkline.Http2;

namespace Trunkline.Rpc.Security;

/// <summary>What a link says about the identity of its peer, under the property names that gRPC uses.</summary>
internal static class PeerIdentity
{
    private const string CommonName = "x509_common_name";
    private const string AlternativeName = "x509_subject_alternative_name";

    public static AuthContext Of(LinkInfo link)
    {
        if (!link.IsSecure)
        {
            return AuthContext.Anonymous;
        }

        var properties = new Dictionary<string, List<AuthProperty>>(StringComparer.Ordinal);
        Add(properties, "transport_security_type", "ssl");
        if (link.PeerCertificate is not { } certificate)
        {
            return new AuthContext(peerIdentityPropertyName: null, properties);
        }

        Add(properties, CommonName, certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
        Add(properties, "x509_pem_cert", certificate.ExportCertificatePem());
        foreach (X509SubjectAlternativeNameExtension extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            foreach (string name in extension.EnumerateDnsNames())
            {
                Add(properties, AlternativeName, name);
            }
        }

        return new AuthContext(properties.ContainsKey(AlternativeName) ? AlternativeName : CommonName, properties);
    }

    private static void Add(Dictionary<string, List<AuthProperty>> properties, string name, string value)
    {
        if (!properties.TryGetValue(name, out List<AuthProperty>? values))
        {
            properties.Add(name, values = []);
        }

        values.Add(AuthProperty.Create(name, Encoding.UTF8.GetBytes(value)));
    }
}
