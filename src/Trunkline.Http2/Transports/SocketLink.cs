using System.Buffers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Trunkline.Http2;

/// <summary>
/// A link over a connected stream socket, TCP or Unix. TCP sockets send without delay, give up data that stays unacknowledged for 20 seconds, and keep
/// little in the kernel's queue, where the platform can do that.
/// </summary>
public sealed class SocketLink : Link
{
    // At the end unread input is thrown away up to this many bytes, see DisposeAsync.
    private const int MaxDrained = 1024 * 1024;

    private readonly Socket _socket;
    private readonly Transports.GatheredSend _gathered = new();
    private Exception? _abortReason;
    private int _isClosed;

    /// <summary>Takes over a connected socket.</summary>
    /// <param name="socket">The socket; the link closes it.</param>
    public SocketLink(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        _socket = socket;
        Transports.SocketTuning.Apply(socket);
        Info = new LinkInfo { LocalEndPoint = socket.LocalEndPoint, RemoteEndPoint = socket.RemoteEndPoint };
    }

    /// <inheritdoc/>
    public override LinkInfo Info { get; }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // A receive that waits would otherwise allocate its state machine.
    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
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
                await SendOneAsync(bytes.First, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await SendManyAsync(bytes, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Broken(e);
        }
    }

    /// <inheritdoc/>
    public override void ShortenQueue() => Transports.SocketTuning.ShortenQueue(_socket);

    /// <inheritdoc/>
    public override void Abort(Exception? reason)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _abortReason = reason;
            _socket.Close(timeout: 0); // A reset, so that the peer learns at once.
        }
    }

    /// <summary>
    /// Closes the link: what was sent still arrives. Input that is there unread is thrown away first, for a socket that is closed over unread input
    /// resets the connection and may take with it what the peer has not read yet.
    /// </summary>
    public override ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            try
            {
                _socket.Shutdown(SocketShutdown.Send);
                Drain();
            }
            catch (SocketException)
            {
                // The peer was faster: there is nothing left to deliver.
            }

            _socket.Dispose();
        }

        _gathered.Dispose();
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendOneAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            int sent = await _socket.SendAsync(bytes, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            bytes = bytes[sent..];
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendManyAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        // A gathered send knows no token; a link whose send is given up is unusable anyway.
        using CancellationTokenRegistration registration =
            cancellationToken.UnsafeRegister(static link => ((SocketLink)link!).Abort(new OperationCanceledException("a send was given up")), this);
        while (!bytes.IsEmpty)
        {
            int sent = await _gathered.SendAsync(_socket, bytes).ConfigureAwait(false);
            bytes = bytes.Slice(sent);
        }
    }

    private void Drain()
    {
        Span<byte> waste = stackalloc byte[4096];
        for (int drained = 0; drained < MaxDrained && _socket.Available > 0;)
        {
            int count = _socket.Receive(waste, SocketFlags.None, out SocketError error);
            if (count == 0 || error != SocketError.Success)
            {
                return;
            }

            drained += count;
        }
    }

    private IOException Broken(Exception cause) =>
        _isClosed == 0 ? new IOException($"the connection to {Info.RemoteEndPoint} broke: {cause.Message}", cause)
        : _abortReason is { } reason ? new IOException($"the connection to {Info.RemoteEndPoint} was aborted: {reason.Message}", reason)
        : new IOException($"the connection to {Info.RemoteEndPoint} was closed by this side", cause);
}
