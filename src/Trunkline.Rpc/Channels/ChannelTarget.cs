using System.Globalization;
using System.Net;
using Trunkline.Http2;

namespace Trunkline.Rpc.Channels;

/// <summary>
/// A channel's target, read: the places to dial, in order, and the authority that calls name (gRPC's name resolution document). Known schemes are
/// <c>dns</c>, which is also taken for a target without one, <c>ipv4</c>, <c>ipv6</c>, <c>unix</c> and <c>unix-abstract</c>.
/// </summary>
internal sealed class ChannelTarget
{
    private const int DefaultPort = 443;

    private ChannelTarget(IReadOnlyList<Dialer> dialers, string authority)
    {
        Dialers = dialers;
        Authority = authority;
    }

    /// <summary>What makes links, to be tried in order.</summary>
    public IReadOnlyList<Dialer> Dialers { get; }

    /// <summary>The value of <c>:authority</c>; for TLS the host in it is the name that the certificate must have.</summary>
    public string Authority { get; }

    /// <summary>Reads a target.</summary>
    /// <exception cref="ArgumentException">The target is not one; the message says why.</exception>
    public static ChannelTarget Parse(string target)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        int colon = target.IndexOf(':', StringComparison.Ordinal);
        string scheme = colon < 0 ? "" : target[..colon];
        string rest = colon < 0 ? target : target[(colon + 1)..];
        return scheme switch
        {
            "dns" => ParseDns(target, rest),
            "ipv4" or "ipv6" => ParseAddresses(target, rest),
            "unix" => new ChannelTarget([new UnixDialer(UnixPath(target, rest))], "localhost"),
            "unix-abstract" => new ChannelTarget([new UnixDialer("\0" + rest)], "localhost"),
            _ when rest.StartsWith("//", StringComparison.Ordinal) => throw Bad(
                target, $"the scheme \"{scheme}\" is not known; give host:port, dns:///host:port, ipv4:, ipv6:, unix: or unix-abstract:"),
            _ => FromHost(target, target),
        };
    }

    private static ChannelTarget ParseDns(string target, string rest)
    {
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return FromHost(target, rest);
        }

        int path = rest.IndexOf('/', 2);
        if (path < 0)
        {
            throw Bad(target, "behind dns:// comes a server's name or nothing, then a slash, then the host");
        }

        return path == 2
            ? FromHost(target, Uri.UnescapeDataString(rest[3..]))
            : throw Bad(target, "a DNS server of one's own cannot be named; write dns:///host:port");
    }

    private static ChannelTarget FromHost(string target, string hostAndPort)
    {
        (string host, int port) = SplitPort(target, hostAndPort);
        bool isBareIPv6 = host.Contains(':', StringComparison.Ordinal) && !hostAndPort.StartsWith('[');
        return new ChannelTarget([new TcpDialer(host, port)], isBareIPv6 ? $"[{host}]" : hostAndPort);
    }

    private static ChannelTarget ParseAddresses(string target, string rest)
    {
        string[] parts = rest.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            throw Bad(target, "it names no address");
        }

        return new ChannelTarget([.. parts.Select(part => DialerOf(target, part))], parts[0]);
    }

    private static TcpDialer DialerOf(string target, string part)
    {
        (string host, int port) = SplitPort(target, part);
        return IPAddress.TryParse(host, out IPAddress? address)
            ? new TcpDialer(new IPEndPoint(address, port))
            : throw Bad(target, $"\"{host}\" is not an IP address");
    }

    private static (string Host, int Port) SplitPort(string target, string text)
    {
        int close = text.LastIndexOf(']');
        int colon = text.LastIndexOf(':');
        bool isBareIPv6 = close < 0 && colon >= 0 && text.IndexOf(':', StringComparison.Ordinal) != colon;
        if (colon <= close || isBareIPv6)
        {
            return (Host(target, text), DefaultPort);
        }

        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is < 1 or > IPEndPoint.MaxPort)
        {
            throw Bad(target, $"the port \"{text[(colon + 1)..]}\" is not a number from 1 to 65535");
        }

        return (Host(target, text[..colon]), port);
    }

    private static string Host(string target, string text)
    {
        string host = text is ['[', .. var inner, ']'] ? inner : text;
        return Uri.CheckHostName(host) != UriHostNameType.Unknown ? host : throw Bad(target, $"\"{host}\" is not a host name or an address");
    }

    private static string UnixPath(string target, string rest)
    {
        string path = rest.StartsWith("///", StringComparison.Ordinal) ? rest[2..] : rest;
        return path.Length > 0 && !path.StartsWith("//", StringComparison.Ordinal)
            ? path
            : throw Bad(target, "behind unix: comes a path, behind unix:// an absolute one");
    }

    private static ArgumentException Bad(string target, string why) => new($"\"{target}\" cannot be a channel's target: {why}.", nameof(target));
}
