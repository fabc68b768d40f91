namespace Trunkline.Http2;

/// <summary>
/// What a peer may do before its connection ends with ENHANCE_YOUR_CALM (RFC 9113 10.5): one budget per known attack. The defaults are far above what
/// honest peers do and far below what hurts; <c>docs/limits.md</c> has the arithmetic and the measured effect of each. Immutable.
/// </summary>
/// <remarks>
/// Where it says "earned", the budget is charged only for what goes beyond the answers to this side's own frames: a peer may send
/// WINDOW_UPDATE for the data it gets, however much that is.
/// </remarks>
public sealed record Http2Limits
{
    /// <summary>
    /// SETTINGS frames after the first, acknowledgements not counted; 100 at once and 10 a second by default. Stops SETTINGS floods
    /// (CVE-2019-9515): each asks for an acknowledgement and may move every stream's window. An honest peer that tunes its windows by bandwidth
    /// sends a few a second at most.
    /// </summary>
    public RateLimit Settings { get; init; } = new(100, 10);

    /// <summary>
    /// Entries in one SETTINGS frame; 32 by default. RFC 9113 and its extensions define fewer than ten. Stops a single frame from moving the windows of
    /// all streams up to 2,730 times.
    /// </summary>
    public int MaxSettingsPerFrame { get; init; } = 32;

    /// <summary>
    /// PING frames, acknowledgements not counted; 1,000 at once and 100 a second by default, and one earned with each HEADERS or DATA frame that this
    /// side sends, since peers measure the path while data flows. Stops PING floods (CVE-2019-9512).
    /// </summary>
    public RateLimit Pings { get; init; } = new(1000, 100);

    /// <summary>
    /// How often a client may ask for signs of life; null, the default, leaves it to <see cref="Pings"/>. gRPC servers set it.
    /// </summary>
    public PingPolicy? PingPolicy { get; init; }

    /// <summary>
    /// PRIORITY and PRIORITY_UPDATE frames; 1,000 at once and 100 a second by default, and two earned with each HEADERS or DATA frame that this side
    /// sends. Stops floods of them (CVE-2019-9513). A browser sends half a dozen at the start and one or two for each request; a client
    /// may say where each of 256 streams stands before the first of them is answered.
    /// </summary>
    public RateLimit Priorities { get; init; } = new(1000, 100);

    /// <summary>
    /// WINDOW_UPDATE frames; 1,000 at once and 100 a second by default, and 20 earned with each HEADERS or DATA frame that this side sends. Honest peers
    /// send at most two for each DATA frame, and one for each stream that they open, of which 256 may be open at once.
    /// </summary>
    public RateLimit WindowUpdates { get; init; } = new(1000, 100);

    /// <summary>
    /// DATA frames without data that do not end their stream, and HEADERS and CONTINUATION frames without a fragment that do not end their block; 100 at
    /// once and 10 a second by default. Stops floods of empty frames (CVE-2019-9518): they need no credit. Honest peers have no use for them.
    /// </summary>
    public RateLimit EmptyFrames { get; init; } = new(100, 10);

    /// <summary>
    /// DATA frames of 1 to 4 bytes that do not end their stream; 10,000 at once and 1,000 a second by default. A gRPC message has 5 bytes or more, so
    /// gRPC peers send such frames only as the tail of a longer message. Stops trickles of bytes that cost a frame's work each.
    /// </summary>
    public RateLimit TinyData { get; init; } = new(10_000, 1000);

    /// <summary>
    /// DATA frames that this side had to cut below 128 bytes because the peer's window for the stream allowed no more; 1,000 at once and 100 a second by
    /// default. Stops data dribble (CVE-2019-9511): a response in pieces of one byte. Honest windows have thousands of bytes.
    /// </summary>
    public RateLimit TinyWindows { get; init; } = new(1000, 100);

    /// <summary>
    /// Frames on streams that are over, and answers to PINGs; 10,000 at once and 1,000 a second by default, and two earned with each HEADERS or DATA frame
    /// and 1,000 with each RST_STREAM that this side sends: what was under way when a stream ended is free. Stops garbage on half-closed leftovers and
    /// behind GOAWAY.
    /// </summary>
    public RateLimit LateFrames { get; init; } = new(10_000, 1000);

    /// <summary>
    /// RST_STREAM frames that this side has to send because the peer broke a rule on a stream; 200 at once and 20 a second by default. Stops "made you
    /// reset" (CVE-2025-8671): a valid request, then a frame that forces the server to end it, which frees the stream's place while its handler goes on.
    /// </summary>
    public RateLimit StreamErrors { get; init; } = new(200, 20);

    /// <summary>
    /// Header lists above <see cref="Http2Options.MaxHeaderListSize"/> or <see cref="MaxHeaderFields"/>; 1,000 at once and 100 a second by default. Each ends
    /// only its own stream, so a client with too much metadata fails call by call; decoding a list costs at most four times the limit.
    /// </summary>
    public RateLimit HeaderLists { get; init; } = new(1000, 100);

    /// <summary>
    /// Fields in one header list, pseudo fields counted; 256 by default. A list of 16 KiB may have up to 512 by its size alone, and each is checked and shown to
    /// the layer above. Browsers stay below 50.
    /// </summary>
    public int MaxHeaderFields { get; init; } = 256;

    /// <summary>
    /// CONTINUATION frames in one header block; by default (null) twice as many frames of 16 KiB as a header list of four times
    /// <see cref="Http2Options.MaxHeaderListSize"/> fills, and at least 8: 8 for the default of 16 KiB. Stops CONTINUATION floods (CVE-2024-27316).
    /// </summary>
    public int? MaxContinuations { get; init; }

    /// <summary>
    /// Streams that the peer opens beyond a limit and that are therefore refused; by default (null) four times
    /// <see cref="Http2Options.MaxConcurrentStreams"/> at once and once that many a second: a client that opens a few hundred streams before it
    /// has seen the limit does not pay. Stops rapid reset (CVE-2023-44487) together with <see cref="MaxUnfinishedStreams"/>, and clients that
    /// ignore the limit.
    /// </summary>
    public RateLimit? Refusals { get; init; }

    /// <summary>
    /// Streams that may be over while the layer above still works for them (<see cref="Http2Stream.BeginWork"/>); by default (null) as many as
    /// <see cref="Http2Options.MaxConcurrentStreams"/>, so that a connection never has more than twice the stream limit of handlers running. At the limit the
    /// connection is read no further until half of them have ended, for a second in which none ends or five at most; then new streams are refused.
    /// </summary>
    public int? MaxUnfinishedStreams { get; init; }

    /// <summary>How long the peer may take from HEADERS to the end of the header block; 10 s by default. Nothing else can be sent meanwhile.</summary>
    public TimeSpan HeaderBlockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the peer may take to finish a frame that it has begun; 30 s by default: a frame of 16 KiB takes that at 546 bytes a second. A frame that is not
    /// whole holds a receive buffer.
    /// </summary>
    public TimeSpan FrameTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long one send may wait for a peer that does not read; 60 s by default. Of <see cref="Http2Options.OutputHighWaterMark"/> that is 2,185 bytes a
    /// second. (Where the system can do it, a socket gives up unread bytes after 20 s by itself.)
    /// </summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a stream may have data waiting of which nothing leaves before it counts as stalled; 30 s by default. See <see cref="MaxStalledBytes"/>.
    /// </summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Bytes that may wait on stalled streams of a connection; 16 MiB by default, which is four of the longest messages that gRPC takes. Above it the stalled
    /// streams are reset. A slow reader of a few streams may be slow as long as it likes.
    /// </summary>
    public long MaxStalledBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Bytes of data that may wait on all streams of a connection before new ones are refused; 128 MiB by default, half a megabyte for each of 256 streams.
    /// Stops a peer that asks for large answers on all streams and takes none.
    /// </summary>
    public long MaxWaitingBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>
    /// All of the above together, and frames of unknown types; 20,000 points at once and 1,000 a second by default. A charge to another budget takes as many
    /// points as make that budget's burst half of this one's, so that one odd habit never ends a connection here, and mixtures of several do.
    /// </summary>
    public RateLimit Glitches { get; init; } = new(20_000, 1000);

    internal int MaxContinuationsFor(int maxHeaderListSize) =>
        MaxContinuations ?? (int)Math.Max(8, 2L * Hpack.HpackDecoder.FarAbove * maxHeaderListSize / Frames.FrameHeader.DefaultMaxLength);

    internal TimeSpan ShortestTimeout => new[] { HeaderBlockTimeout, FrameTimeout, WriteTimeout, StallTimeout }.Min();

    internal int MaxUnfinishedStreamsFor(int maxConcurrentStreams) => MaxUnfinishedStreams ?? Math.Max(maxConcurrentStreams, 1);

    internal RateLimit RefusalsFor(int maxConcurrentStreams) =>
        Refusals ?? new RateLimit((int)Math.Clamp(4L * maxConcurrentStreams, 16, int.MaxValue - 1), Math.Max(maxConcurrentStreams, 4));

    /// <summary>Refuses values that make no sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    internal void Validate()
    {
        Check(Settings, nameof(Settings));
        Check(Pings, nameof(Pings));
        Check(Priorities, nameof(Priorities));
        Check(WindowUpdates, nameof(WindowUpdates));
        Check(EmptyFrames, nameof(EmptyFrames));
        Check(TinyData, nameof(TinyData));
        Check(TinyWindows, nameof(TinyWindows));
        Check(LateFrames, nameof(LateFrames));
        Check(StreamErrors, nameof(StreamErrors));
        Check(HeaderLists, nameof(HeaderLists));
        Check(Refusals ?? RateLimit.Unlimited, nameof(Refusals));
        Check(Glitches, nameof(Glitches));
#pragma warning disable MA0015 // There is no parameter: the name of the property is what the caller can act on.
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSettingsPerFrame, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxHeaderFields, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(PingPolicy?.MaxStrikes ?? 0, nameof(PingPolicy));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(HeaderBlockTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(FrameTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(WriteTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StallTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxStalledBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxWaitingBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxUnfinishedStreams ?? 1, 1, nameof(MaxUnfinishedStreams));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxContinuations ?? 1, 1, nameof(MaxContinuations));
#pragma warning restore MA0015
    }

    private static void Check(RateLimit limit, string property)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit.Burst, 1, property);
        ArgumentOutOfRangeException.ThrowIfNegative(limit.PerSecond, property);
    }
}
