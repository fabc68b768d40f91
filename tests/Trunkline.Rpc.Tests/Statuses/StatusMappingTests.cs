using Trunkline.Http2;
using Trunkline.Rpc.Statuses;

namespace Trunkline.Rpc.Tests.Statuses;

public sealed class StatusMappingTests
{
    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(431, StatusCode.Internal)]
    [InlineData(502, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(504, StatusCode.Unavailable)]
    [InlineData(200, StatusCode.Unknown)]
    [InlineData(418, StatusCode.Unknown)]
    public void FromHttp_EveryRow(int http, StatusCode expected) => Assert.Equal(expected, StatusMapping.FromHttp(http));

    [Theory]
    [InlineData(Http2ErrorCode.NoError, StatusCode.Internal)]
    [InlineData(Http2ErrorCode.ProtocolError, StatusCode.Internal)]
    [InlineData(Http2ErrorCode.InternalError, StatusCode.Internal)]
    [InlineData(Http2ErrorCode.FlowControlError, StatusCode.Internal)]
    [InlineData(Http2ErrorCode.SettingsTimeout, StatusCode.Internal)]
    [InlineData(Http2ErrorCode.StreamClosed, StatusCode.Internal)]
    [InlineData(Http2ErrorCode.FrameSizeError, StatusCode.Internal)]
    [InlineData(Http2ErrorCode.RefusedStream, StatusCode.Unavailable)]
    [InlineData(Http2ErrorCode.Cancel, StatusCode.Cancelled)]
    [InlineData(Http2ErrorCode.CompressionError, StatusCode.Internal)]
    [InlineData(Http2ErrorCode.ConnectError, StatusCode.Internal)]
    [InlineData(Http2ErrorCode.EnhanceYourCalm, StatusCode.ResourceExhausted)]
    [InlineData(Http2ErrorCode.InadequateSecurity, StatusCode.PermissionDenied)]
    [InlineData(Http2ErrorCode.Http11Required, StatusCode.Unknown)]
    public void FromReset_EveryRow(Http2ErrorCode code, StatusCode expected)
    {
        Assert.Equal(expected, StatusMapping.FromReset(code));
        Assert.Equal(expected, StatusMapping.FromError(Http2Error.ResetByPeer(code)));
    }

    [Fact]
    public void FromError_ConnectionLostOrGoingAway_IsUnavailable()
    {
        Assert.Equal(StatusCode.Unavailable, StatusMapping.FromError(Http2Error.LinkLost("gone")));
        Assert.Equal(StatusCode.Unavailable, StatusMapping.FromError(Http2Error.GoneAway(Http2ErrorCode.NoError, "max_age", unprocessed: true)));
        Assert.Equal(StatusCode.Unavailable, StatusMapping.FromError(Http2Error.GoneAway(Http2ErrorCode.EnhanceYourCalm, "", unprocessed: false)));
    }

    [Fact]
    public void FromError_RuleBrokenByThePeer_IsInternal() =>
        Assert.Equal(StatusCode.Internal, StatusMapping.FromError(Http2Error.Connection(Http2ErrorCode.ProtocolError, "a rule")));
}
