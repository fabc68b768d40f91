namespace Trunkline.Http2.Tests.Connections;

/// <summary>Options that no connection can work with are refused before a byte is sent, by name.</summary>
public class Http2OptionsTests
{
    public static TheoryData<Http2Options, string> Illegal => new()
    {
        { new Http2Options { MaxConcurrentStreams = -1 }, nameof(Http2Options.MaxConcurrentStreams) },
        { new Http2Options { MaxHeaderListSize = 0 }, nameof(Http2Options.MaxHeaderListSize) },
        { new Http2Options { HeaderTableSize = -1 }, nameof(Http2Options.HeaderTableSize) },
        { new Http2Options { MaxEncoderTableSize = -1 }, nameof(Http2Options.MaxEncoderTableSize) },
        { new Http2Options { InitialStreamWindow = -1 }, nameof(Http2Options.InitialStreamWindow) },
        { new Http2Options { MaxStreamWindow = -1 }, nameof(Http2Options.MaxStreamWindow) },
        { new Http2Options { MaxWindowGrowth = -1 }, nameof(Http2Options.MaxWindowGrowth) },
        { new Http2Options { ConnectionWindow = 65_534 }, nameof(Http2Options.ConnectionWindow) },
        { new Http2Options { OutputHighWaterMark = 0 }, nameof(Http2Options.OutputHighWaterMark) },
        { new Http2Options { HandshakeTimeout = TimeSpan.Zero }, nameof(Http2Options.HandshakeTimeout) },
        { new Http2Options { SettingsTimeout = TimeSpan.FromSeconds(-1) }, nameof(Http2Options.SettingsTimeout) },
        { With(new Http2Limits { Pings = new RateLimit(0, 1) }), nameof(Http2Limits.Pings) },
        { With(new Http2Limits { Refusals = new RateLimit(1, -1) }), nameof(Http2Limits.Refusals) },
        { With(new Http2Limits { MaxHeaderFields = 0 }), nameof(Http2Limits.MaxHeaderFields) },
        { With(new Http2Limits { MaxContinuations = 0 }), nameof(Http2Limits.MaxContinuations) },
        { With(new Http2Limits { MaxUnfinishedStreams = 0 }), nameof(Http2Limits.MaxUnfinishedStreams) },
        { With(new Http2Limits { HeaderBlockTimeout = TimeSpan.Zero }), nameof(Http2Limits.HeaderBlockTimeout) },
        { With(new Http2Limits { MaxStalledBytes = -1 }), nameof(Http2Limits.MaxStalledBytes) },
        { new Http2Options { GoAwayPatience = TimeSpan.FromSeconds(-1) }, nameof(Http2Options.GoAwayPatience) },
        { new Http2Options { KeepAliveInterval = TimeSpan.Zero }, nameof(Http2Options.KeepAliveInterval) },
        { new Http2Options { KeepAliveTimeout = TimeSpan.Zero }, nameof(Http2Options.KeepAliveTimeout) },
    };

    [Theory]
    [MemberData(nameof(Illegal))]
    public void Create_OptionOutOfRange_IsNamed(Http2Options options, string name)
    {
        (MemoryLink ours, _) = MemoryLink.CreatePair();
        ArgumentOutOfRangeException exception =
            Assert.Throws<ArgumentOutOfRangeException>(() => Http2ClientConnection.Create(ours, new RecordingClient(), options));
        Assert.Equal(name, exception.ParamName);
    }

    private static Http2Options With(Http2Limits limits) => new() { Limits = limits };
}
