using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Trunkline.Http2;

/// <summary>Settings and limits of a connection. Immutable once a connection has it.</summary>
public sealed record Http2Options
{
    /// <summary>What a client's <see cref="KeepAliveInterval"/> of null means: 5 minutes 10 seconds.</summary>
    public static readonly TimeSpan DefaultClientKeepAliveInterval = TimeSpan.FromSeconds(310);

    /// <summary>What a server's <see cref="KeepAliveInterval"/> of null means: 30 seconds.</summary>
    public static readonly TimeSpan DefaultServerKeepAliveInterval = TimeSpan.FromSeconds(30);

    /// <summary>Streams that the peer may have open at once (SETTINGS_MAX_CONCURRENT_STREAMS); 256 by default.</summary>
    public int MaxConcurrentStreams { get; init; } = 256;

    /// <summary>
    /// On a client: whether the server may push (SETTINGS_ENABLE_PUSH); false by default. Pushed streams are then bound by
    /// <see cref="MaxConcurrentStreams"/> and offered to <see cref="IClientConnectionHandler.OnPush"/>. Without effect on a server.
    /// </summary>
    public bool EnablePush { get; init; }

    /// <summary>The largest field section taken, uncompressed, in bytes as RFC 9113 6.5.2 counts them; 16 KiB by default.</summary>
    public int MaxHeaderListSize { get; init; } = 16 * 1024;

    /// <summary>The dynamic table offered to the peer's encoder (SETTINGS_HEADER_TABLE_SIZE), in bytes; 4096 by default.</summary>
    public int HeaderTableSize { get; init; } = 4096;

    /// <summary>The most that this side's own encoder uses of the table that the peer offers, in bytes; 4096 by default.</summary>
    public int MaxEncoderTableSize { get; init; } = 4096;

    /// <summary>Bytes that the peer may send on one stream before the application takes them (SETTINGS_INITIAL_WINDOW_SIZE); 1 MiB by default.</summary>
    public int InitialStreamWindow { get; init; } = 1024 * 1024;

    /// <summary>
    /// What a stream's window may grow to when the bandwidth-delay product asks for it, in bytes; 16 MiB by default, which is 1 Gbit/s over 134 ms. Growth
    /// is measured with PINGs while DATA comes in and needs no tuning. At or below <see cref="InitialStreamWindow"/> it is off.
    /// </summary>
    public int MaxStreamWindow { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// What the windows of all streams of a connection together may be above <see cref="InitialStreamWindow"/>, in bytes; 64 MiB by default, four streams
    /// at full size. A stream that ends gives its part back. It bounds the memory that growth can cost, however many streams stand still.
    /// </summary>
    public long MaxWindowGrowth { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bytes that the peer may send on the whole connection before the application takes them; 4 MiB by default, at least 65,535.</summary>
    public int ConnectionWindow { get; init; } = 4 * 1024 * 1024;

    /// <summary>Output that may gather before streams with data have to wait, in bytes; 128 KiB by default. Headers and control frames never wait.</summary>
    public int OutputHighWaterMark { get; init; } = 128 * 1024;

    /// <summary>
    /// Whether priorities decide which stream writes next (RFC 9218); true by default. When false, streams take turns and priorities are only passed on.
    /// </summary>
    public bool SchedulesByPriority { get; init; } = true;

    /// <summary>How long the peer may take for its preface and first SETTINGS; 10 s by default.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the peer may take to acknowledge SETTINGS (RFC 9113 6.5.3); 10 s by default.</summary>
    public TimeSpan SettingsTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the peer may be silent before a PING asks for a sign of life (RFC 9113 6.7); <see cref="Timeout.InfiniteTimeSpan"/> never asks. Null, the
    /// default, is <see cref="DefaultClientKeepAliveInterval"/> on a client, since other servers punish anything under 5 minutes, and
    /// <see cref="DefaultServerKeepAliveInterval"/> on a server, whose PINGs no client counts. Only while streams are open, unless <see cref="KeepAliveWithoutStreams"/> is set.
    /// </summary>
    public TimeSpan? KeepAliveInterval { get; init; }

    /// <summary>How long the peer may stay silent behind that PING before the link counts as lost; 20 s by default. Any byte is an answer.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>True to ask for signs of life without open streams too; false by default, since other servers punish it.</summary>
    public bool KeepAliveWithoutStreams { get; init; }

    /// <summary>
    /// How long a server that shuts down waits, between its first GOAWAY and the one that names the last stream, for the answer to a PING (RFC 9113 6.8);
    /// 5 s by default.
    /// </summary>
    public TimeSpan GoAwayPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The first id that this side gives out, an odd number; 1 but in tests of a connection's last ids.</summary>
    internal int FirstStreamId { get; init; } = 1;

    /// <summary>What a peer may do before its connection ends: one budget per known attack.</summary>
    public Http2Limits Limits { get; init; } = new();

    /// <summary>Where time comes from.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Where every frame of the connection is written down in words, for finding errors; nowhere by default. Written to from several threads, one frame
    /// after the other. The environment variable <c>TRUNKLINE_FRAME_TRACE</c> (<c>stderr</c>, <c>stdout</c> or a file's path) does the same for all
    /// connections of a process. Credentials are left out, the rest of the fields is not.
    /// </summary>
    public TextWriter? FrameTrace { get; init; }

    /// <summary>Where log entries go; nowhere by default.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The interval of signs of life that is in force on one side.</summary>
    internal TimeSpan KeepAliveIntervalOf(bool isServer) => KeepAliveInterval ?? (isServer ? DefaultServerKeepAliveInterval : DefaultClientKeepAliveInterval);

    /// <summary>Refuses values that no connection can work with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    internal void Validate()
    {
#pragma warning disable MA0015 // There is no parameter: the name of the property is what the caller can act on.
        ArgumentOutOfRangeException.ThrowIfNegative(MaxConcurrentStreams);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxHeaderListSize);
        ArgumentOutOfRangeException.ThrowIfNegative(HeaderTableSize);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxEncoderTableSize);
        ArgumentOutOfRangeException.ThrowIfNegative(InitialStreamWindow);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxStreamWindow);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxWindowGrowth);
        ArgumentOutOfRangeException.ThrowIfLessThan(ConnectionWindow, FlowControl.Window.InitialSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(OutputHighWaterMark);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(HandshakeTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SettingsTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(GoAwayPatience, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(KeepAliveTimeout, TimeSpan.Zero);
        if (KeepAliveInterval is { } interval && interval != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero, nameof(KeepAliveInterval));
        }

        ArgumentNullException.ThrowIfNull(Limits);
        Limits.Validate();
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(Logger);
#pragma warning restore MA0015
    }
}
