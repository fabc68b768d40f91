using System.Net;
using System.Net.Sockets;
using Trunkline.Rpc.Security;

namespace Trunkline.Rpc.Tests.Security;

public sealed class PeerNameTests
{
    [Theory]
    [InlineData("1.2.3.4", "ipv4:1.2.3.4:5")]
    [InlineData("::ffff:1.2.3.4", "ipv4:1.2.3.4:5")]
    [InlineData("::1", "ipv6:[::1]:5")]
    public void Of_IpAddress_IsWrittenAsGrpcDoes(string address, string expected) =>
        Assert.Equal(expected, PeerName.Of(new IPEndPoint(IPAddress.Parse(address), 5)));

    [Fact]
    public void Of_UnixSocket_IsItsPath() => Assert.Equal("unix:/run/a.sock", PeerName.Of(new UnixDomainSocketEndPoint("/run/a.sock")));

    [Fact]
    public void Of_NoEndPoint_IsUnknown() => Assert.Equal("unknown", PeerName.Of(endPoint: null));
}
