using System.Net;
using System.Net.Sockets;

namespace Trunkline.Rpc.Security;

/// <summary>Addresses as gRPC writes them: <c>ipv4:1.2.3.4:5</c>, <c>ipv6:[::1]:5</c>, <c>unix:/path</c>.</summary>
internal static class PeerName
{
    /// <summary>Names an end point; the fallback where the link has none.</summary>
    public static string Of(EndPoint? endPoint, string fallback = "unknown") => endPoint switch
    {
        IPEndPoint { Address.IsIPv4MappedToIPv6: true } ip => $"ipv4:{ip.Address.MapToIPv4()}:{ip.Port}",
        IPEndPoint { AddressFamily: AddressFamily.InterNetwork } ip => $"ipv4:{ip}",
        IPEndPoint ip => $"ipv6:{ip}",
        UnixDomainSocketEndPoint unix => $"unix:{unix}",
        null => fallback,
        _ => endPoint.ToString() ?? fallback,
    };
}
