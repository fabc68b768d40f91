using System.Buffers;
using System.Net.Security;
using System.Runtime.CompilerServices;

namespace Trunkline.Http2;

/// <summary>A link over any full-duplex <see cref="Stream"/>: TLS, a named pipe, or one of the user's own.</summary>
public sealed class StreamLink : Link
{
    // One TLS record, and less than the large-object heap minds.
    private const int GatherSize = 16 * 1024;

    // A piece this large is worth a write of its own rather than a copy.
    private const int LargePiece = 8 * 1024;

    // How long the end of a TLS stream may take to be said to a peer that does not read.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly Stream _stream;
    private readonly Link? _below;
    private readonly TimeProvider _timeProvider;
    private Exception? _abortReason;
    private int _isClosed;

    /// <summary>Takes over a stream.</summary>
    /// <param name="stream">A stream that can be read and written at the same time; the link disposes it.</param>
    /// <param name="info">What is known of the link.</param>
    public StreamLink(Stream stream, LinkInfo? info = null)
        : this(stream, info, below: null, TimeProvider.System)
    {
    }

    internal StreamLink(Stream stream, LinkInfo? info, Link? below, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _below = below;
        _timeProvider = timeProvider;
        Info = info ?? new LinkInfo();
    }

    /// <inheritdoc/>
    public override LinkInfo Info { get; }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // A receive that waits would otherwise allocate its state machine.
    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Broken(e);
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] // A send that waits would otherwise allocate its state machine.
    public override async ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            if (bytes.IsSingleSegment)
            {
                await _stream.WriteAsync(bytes.First, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await SendGatheredAsync(bytes, cancellationToken).ConfigureAwait(false);
            }

            await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Broken(e);
        }
    }

    /// <inheritdoc/>
    public override void ShortenQueue() => _below?.ShortenQueue();

    /// <inheritdoc/>
    public override void Abort(Exception? reason)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        _abortReason = reason;
        if (_below is not null)
        {
            _below.Abort(reason);
        }
        else
        {
            _stream.Dispose();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0 && _stream is SslStream tls)
        {
            await ShutDownAsync(tls).ConfigureAwait(false);
        }

        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask ShutDownAsync(SslStream tls)
    {
        try
        {
            await tls.ShutdownAsync().WaitAsync(ShutdownTimeout, _timeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            // The peer does not read: it will not hear a goodbye, and must not keep this side waiting.
            _below?.Abort(e);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or NotSupportedException)
        {
            // The peer was faster, or a send is still under way: there is no saying goodbye in order.
        }
    }

    // Small pieces go into one write: each write of a TLS stream is a record, each write of a pipe a system call.
    private async ValueTask SendGatheredAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        byte[] gathered = ArrayPool<byte>.Shared.Rent(GatherSize);
        int used = 0;
        foreach (ReadOnlyMemory<byte> piece in bytes)
        {
            if (used > 0 && piece.Length > gathered.Length - used)
            {
                await _stream.WriteAsync(gathered.AsMemory(0, used), cancellationToken).ConfigureAwait(false);
                used = 0;
            }

            if (used == 0 && piece.Length >= LargePiece)
            {
                await _stream.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
                continue;
            }

            piece.CopyTo(gathered.AsMemory(used));
            used += piece.Length;
        }

        await _stream.WriteAsync(gathered.AsMemory(0, used), cancellationToken).ConfigureAwait(false);

        // Not in a finally: after a failed write the stream may still refer to the array.
        ArrayPool<byte>.Shared.Return(gathered);
    }

    private IOException Broken(Exception cause) =>
        _isClosed == 0 ? new IOException($"the connection to {Peer} broke: {cause.Message}", cause)
        : _abortReason is { } reason ? new IOException($"the connection to {Peer} was aborted: {reason.Message}", reason)
        : new IOException($"the connection to {Peer} was closed by this side", cause);

    private string Peer => Info.RemoteEndPoint?.ToString() ?? "the peer";
}
