using Trunkline.Rpc.Channels;

namespace Trunkline.Rpc.Tests.Channels;

public sealed class ChannelTargetTests
{
    [Theory]
    [InlineData("localhost:50051", "localhost:50051", "localhost:50051")]
    [InlineData("example.com", "example.com", "example.com:443")]
    [InlineData("dns:///example.com:80", "example.com:80", "example.com:80")]
    [InlineData("dns:example.com:80", "example.com:80", "example.com:80")]
    [InlineData("127.0.0.1:1", "127.0.0.1:1", "127.0.0.1:1")]
    [InlineData("[::1]:50051", "[::1]:50051", "[::1]:50051")]
    [InlineData("[::1]", "[::1]", "[::1]:443")]
    [InlineData("::1", "[::1]", "[::1]:443")]
    [InlineData("ipv4:1.2.3.4:5", "1.2.3.4:5", "1.2.3.4:5")]
    [InlineData("ipv4:1.2.3.4,5.6.7.8:9", "1.2.3.4", "1.2.3.4:443 5.6.7.8:9")]
    [InlineData("ipv6:[::1]:5", "[::1]:5", "[::1]:5")]
    [InlineData("unix:relative.sock", "localhost", "unix:relative.sock")]
    [InlineData("unix:/tmp/a.sock", "localhost", "unix:/tmp/a.sock")]
    [InlineData("unix:///tmp/a.sock", "localhost", "unix:/tmp/a.sock")]
    [InlineData("unix-abstract:name", "localhost", "unix:@name")]
    public void Parse_KnownForms_GiveAuthorityAndPlaces(string target, string authority, string places)
    {
        ChannelTarget parsed = ChannelTarget.Parse(target);

        Assert.Equal(authority, parsed.Authority);
        Assert.Equal(places, string.Join(' ', parsed.Dialers.Select(dialer => dialer.Target)));
    }

    [Theory]
    [InlineData("http://localhost:5000")]
    [InlineData("xds:///name")]
    [InlineData("localhost:port")]
    [InlineData("localhost:0")]
    [InlineData("localhost:65536")]
    [InlineData("dns://8.8.8.8/example.com")]
    [InlineData("dns://example.com")]
    [InlineData("ipv4:example.com:1")]
    [InlineData("ipv4:")]
    [InlineData("unix:")]
    [InlineData("unix://host/path")]
    [InlineData("two words:1")]
    public void Parse_Others_AreRefusedWithTheReason(string target)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => ChannelTarget.Parse(target));
        Assert.Contains(target, exception.Message, StringComparison.Ordinal);
    }
}
