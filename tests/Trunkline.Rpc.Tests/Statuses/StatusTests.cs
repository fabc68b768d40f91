namespace Trunkline.Rpc.Tests.Statuses;

public sealed class StatusTests
{
    [Fact]
    public void Default_IsOkWithoutText()
    {
        Assert.Equal(StatusCode.OK, default(Status).StatusCode);
        Assert.Equal("", default(Status).Detail);
        Assert.Equal(Status.DefaultSuccess, default);
    }

    [Fact]
    public void Equality_LooksAtCodeAndTextOnly()
    {
        var one = new Status(StatusCode.Aborted, "a", new InvalidOperationException());

        Assert.True(one == new Status(StatusCode.Aborted, "a"));
        Assert.True(one != new Status(StatusCode.Aborted, "b"));
        Assert.Equal(one.GetHashCode(), new Status(StatusCode.Aborted, "a").GetHashCode());
    }

    [Fact]
    public void RpcException_CarriesStatusTrailersAndCause()
    {
        var cause = new InvalidOperationException("why");
        var exception = new RpcException(new Status(StatusCode.Aborted, "a", cause), new Metadata { { "k", "v" } });

        Assert.Equal(StatusCode.Aborted, exception.StatusCode);
        Assert.Equal("v", exception.Trailers.GetValue("k"));
        Assert.Same(cause, exception.InnerException);
        Assert.Contains("Aborted", exception.Message, StringComparison.Ordinal);
    }
}
