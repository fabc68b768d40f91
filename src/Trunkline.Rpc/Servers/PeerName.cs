using System.Net;
using System.Net.Sockets;

namespace Trunkline.Rpc.Servers;

/// <summary>An address as gRPC writes it: <c>ipv4:1.2.3.4:5</c>, <c>ipv6:[::1]:5</c>, <c>unix:/path</c>.</summary>
internal static class PeerName
{
    public static string Of(EndPoint? endPoint) => endPoint switch
    {
        null => "unknown",
        IPEndPoint { Address.IsIPv4MappedToIPv6: true } mapped => $"ipv4:{mapped.Address.MapToIPv4()}:{mapped.Port}",
        IPEndPoint { AddressFamily: AddressFamily.InterNetwork } ip => $"ipv4:{ip.Address}:{ip.Port}",
        IPEndPoint ip => $"ipv6:[{ip.Address}]:{ip.Port}",
        UnixDomainSocketEndPoint unix => $"unix:{unix}",
        _ => endPoint.ToString() ?? "unknown",
    };
}
