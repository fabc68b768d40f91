using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Trunkline.Http2;

namespace Trunkline;

/// <summary>Settings and limits of a <see cref="Server"/>. Immutable.</summary>
public sealed record ServerOptions
{
    /// <summary>Threads that run blocking handlers, one call each at a time; 10 by default. They start when they are first needed.</summary>
    public int BlockingWorkers { get; init; } = 10;

    /// <summary>
    /// Blocking calls that may wait for a worker; 10,000 by default, so that <see cref="MaxConcurrentCalls"/> alone is the bound: a call that waits
    /// costs about 2 KB. One more is answered RESOURCE_EXHAUSTED. A call that is cancelled, or whose deadline passes, while it waits never runs.
    /// </summary>
    public int MaxQueuedBlockingCalls { get; init; } = 10_000;

    /// <summary>
    /// Calls in progress on all connections together, from their headers until their handler has returned; 10,000 by default, which is forty
    /// connections with all of their 256 streams in use. One more is answered RESOURCE_EXHAUSTED.
    /// </summary>
    public int MaxConcurrentCalls { get; init; } = 10_000;

    /// <summary>The longest message taken, in bytes, after decompression too; 4 MiB by default. A longer one ends its call RESOURCE_EXHAUSTED.</summary>
    public int MaxReceiveMessageSize { get; init; } = 4 * 1024 * 1024;

    /// <summary>The longest message sent, in bytes before compression; no limit by default. A longer one fails with RESOURCE_EXHAUSTED.</summary>
    public int? MaxSendMessageSize { get; init; }

    /// <summary>
    /// The compression of responses, <c>gzip</c> or <c>deflate</c>, for clients that take it; none by default. Messages written with
    /// <see cref="WriteFlags.NoCompress"/>, and those that would not become shorter, stay plain.
    /// </summary>
    public string? ResponseCompression { get; init; }

    /// <summary>
    /// True to put the message of an exception that a handler throws into the status that the client gets; false by default, since such texts can
    /// tell strangers about the server's inside.
    /// </summary>
    public bool EnableDetailedErrors { get; init; }

    /// <summary>
    /// True to run asynchronous handlers on the thread that reads the connection; false by default. It saves a change of threads for handlers that
    /// never block, and one that does block stops its whole connection. Blocking handlers always have their own threads.
    /// </summary>
    public bool HandlersOnReadLoop { get; init; }

    /// <summary>
    /// How often a client may ask for signs of life: every 10 s while calls are open and every 5 min without by default. Null sets no rule, but for the bound
    /// on floods, <see cref="Http2Limits.Pings"/>. Takes the place of <see cref="Http2Limits.PingPolicy"/>.
    /// </summary>
    public PingPolicy? PingPolicy { get; init; } = new();

    /// <summary>Settings and limits of the connections. Their time provider and logger come from here.</summary>
    public Http2Options Http2 { get; init; } = new();

    /// <summary>Further places to take connections from, beside the ports, such as listeners over memory in tests. The server disposes them.</summary>
    public IReadOnlyList<Listener> Listeners { get; init; } = [];

    /// <summary>Where log entries go; nowhere by default.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Where time comes from.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Throws for values that make no sense.</summary>
    internal ServerOptions Validated()
    {
        CheckAtLeast(1, BlockingWorkers, nameof(BlockingWorkers));
        CheckAtLeast(0, MaxQueuedBlockingCalls, nameof(MaxQueuedBlockingCalls));
        CheckAtLeast(1, MaxConcurrentCalls, nameof(MaxConcurrentCalls));
        CheckAtLeast(0, MaxReceiveMessageSize, nameof(MaxReceiveMessageSize));
        CheckAtLeast(0, MaxSendMessageSize ?? 0, nameof(MaxSendMessageSize));
        CheckCoding(ResponseCompression);
        return this;
    }

    private static void CheckAtLeast(int least, int value, string property)
    {
        if (value < least)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"ServerOptions.{property} must be at least {least}.");
        }
    }

    private static void CheckCoding(string? coding)
    {
        if (coding is not null && Rpc.Messages.MessageCodings.Find(coding) is null)
        {
            throw new ArgumentException($"ServerOptions.ResponseCompression is '{coding}'; known are gzip and deflate, and null for none.", nameof(coding));
        }
    }
}
