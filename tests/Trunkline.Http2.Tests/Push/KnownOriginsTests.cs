using Trunkline.Http2.Push;

namespace Trunkline.Http2.Tests.Push;

public class KnownOriginsTests
{
    [Fact]
    public void Contains_OriginThatWasNoted_WhateverTheCase()
    {
        var origins = new KnownOrigins();
        origins.Note("https"u8, "example.com:8443"u8);
        Assert.True(origins.Contains("https"u8, "Example.COM:8443"u8));
        Assert.False(origins.Contains("http"u8, "example.com:8443"u8));
        Assert.False(origins.Contains("https"u8, "example.com"u8));
        Assert.False(origins.Contains(""u8, ""u8));
    }

    [Fact]
    public void Note_MoreThanTheCapacity_KeepsTheFirst()
    {
        var origins = new KnownOrigins();
        for (int i = 0; i <= KnownOrigins.Capacity; i++)
        {
            origins.Note("http"u8, [(byte)('a' + i)]);
            origins.Note("http"u8, "a"u8);
        }

        Assert.True(origins.Contains("http"u8, [(byte)('a' + KnownOrigins.Capacity - 1)]));
        Assert.False(origins.Contains("http"u8, [(byte)('a' + KnownOrigins.Capacity)]));
    }

    [Fact]
    public void Note_RequestWithoutAuthority_IsNoOrigin()
    {
        var origins = new KnownOrigins();
        origins.Note("http"u8, ""u8);
        Assert.False(origins.Contains("http"u8, ""u8));
    }
}
