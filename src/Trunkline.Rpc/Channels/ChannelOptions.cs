using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Trunkline.Http2;

namespace Trunkline;

/// <summary>Settings and limits of a channel. Immutable once a channel has it.</summary>
public sealed record ChannelOptions
{
    /// <summary>The longest message taken, in bytes after decompression; 4 MiB by default, null for no limit. A longer one ends its call with RESOURCE_EXHAUSTED.</summary>
    public int? MaxReceiveMessageSize { get; init; } = 4 * 1024 * 1024;

    /// <summary>The longest message sent, in bytes before compression; null, the default, for no limit. A longer one fails with RESOURCE_EXHAUSTED and is not sent.</summary>
    public int? MaxSendMessageSize { get; init; }

    /// <summary>The compression of requests, <c>gzip</c> or <c>deflate</c>; null, the default, for none. Responses are taken in any of them.</summary>
    public string? Compression { get; init; }

    /// <summary>Put in front of the library's own <c>user-agent</c>, such as <c>myapp/1.0</c>; null for nothing.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The authority that calls name instead of the target's, which is also the name that a TLS certificate must have; null for the target's.</summary>
    public string? Authority { get; init; }

    /// <summary>The pause after the first failed connection attempt, counted from its beginning; 1 s by default. Each next one is 1.6 times as long.</summary>
    public TimeSpan InitialBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between connection attempts; 120 s by default.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Settings and limits of the connections below. Its clock and log are replaced by the channel's, and push stays off: gRPC has no use for it.</summary>
    public Http2Options Http2 { get; init; } = new();

    /// <summary>Makes the links instead of the target's own dialer, with TLS if there is to be any; null for the usual way.</summary>
    public Dialer? Dialer { get; init; }

    /// <summary>Where log entries go; nowhere by default.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Where time comes from.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
