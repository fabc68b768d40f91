namespace Trunkline;

/// <summary>The options of one call. Immutable; the With methods make changed copies.</summary>
public readonly struct CallOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="headers">Metadata to send; read when the call starts.</param>
    /// <param name="deadline">When the call must be over, in UTC (local time is converted); null for no deadline.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="writeOptions">How requests are written.</param>
#pragma warning disable CA1068 // The order of the parameters is the one that users of gRPC for .NET know.
    public CallOptions(
        Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default, WriteOptions? writeOptions = null)
#pragma warning restore CA1068
    {
        Headers = headers;
        Deadline = deadline;
        CancellationToken = cancellationToken;
        WriteOptions = writeOptions;
    }

    /// <summary>Metadata to send; null for none.</summary>
    public Metadata? Headers { get; private init; }

    /// <summary>When the call must be over; null for no deadline. A time already past fails the call with DEADLINE_EXCEEDED at once.</summary>
    public DateTime? Deadline { get; private init; }

    /// <summary>Cancels the call.</summary>
    public CancellationToken CancellationToken { get; private init; }

    /// <summary>How requests are written; null for the usual way.</summary>
    public WriteOptions? WriteOptions { get; private init; }

    /// <summary>True when the call waits until the channel is ready, instead of failing while the server cannot be reached.</summary>
    public bool IsWaitForReady { get; private init; }

    /// <summary>
    /// How urgent the call is beside others of its connection, for requests as they leave and, by the <c>priority</c> field (RFC 9218 5), for what the server
    /// sends; null, the default, to say nothing.
    /// </summary>
    public CallPriority? Priority { get; private init; }

    /// <summary>The same options with other headers.</summary>
    /// <param name="headers">Metadata to send.</param>
    public CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    /// <summary>The same options with another deadline.</summary>
    /// <param name="deadline">When the call must be over, in UTC.</param>
    public CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    /// <summary>The same options with another cancellation token.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public CallOptions WithCancellationToken(CancellationToken cancellationToken) => this with { CancellationToken = cancellationToken };

    /// <summary>The same options with other write options.</summary>
    /// <param name="writeOptions">How requests are written.</param>
    public CallOptions WithWriteOptions(WriteOptions writeOptions) => this with { WriteOptions = writeOptions };

    /// <summary>The same options with a priority.</summary>
    /// <param name="priority">How urgent the call is.</param>
    public CallOptions WithPriority(CallPriority priority) => this with { Priority = priority };

    /// <summary>The same options for a call that waits until the channel is ready.</summary>
    /// <param name="waitForReady">True to wait; false to fail while the server cannot be reached.</param>
    public CallOptions WithWaitForReady(bool waitForReady = true) => this with { IsWaitForReady = waitForReady };
}
