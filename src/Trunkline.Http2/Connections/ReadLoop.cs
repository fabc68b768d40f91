using Trunkline.Http2.Diagnostics;
using Trunkline.Http2.Frames;

namespace Trunkline.Http2.Connections;

/// <summary>
/// Receives, cuts into frames, and hands each to <see cref="FrameDispatch"/>, until the connection ends. Frames are parsed where they lie.
/// </summary>
internal sealed class ReadLoop(ConnectionCore core, Link link)
{
    private const byte TlsHandshakeRecord = 0x16;

    private readonly ReceiveBuffer _buffer = new();
    private readonly FrameDispatch _dispatch = new(core, core.HeaderBlocks);
    private bool _isPrefaceRead = !core.Side.IsServer;

    // A request lies in the buffer that has to wait for the handlers of earlier ones.
    private bool _isHeld;

    // Frames worked off, and one: the number of the frame that comes next.
    private long _nextFrame = 1;

    /// <summary>Runs until the link or a frame ends the connection; never throws.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<Http2Error> RunAsync()
    {
        try
        {
            while (true)
            {
                if (_isHeld || core.Output.MustDrain)
                {
                    await HoldAsync().ConfigureAwait(false);
                }
                else if (!await TryReceiveAsync().ConfigureAwait(false))
                {
                    return Http2Error.LinkLost("the peer closed the connection");
                }

                Http2Error error = ReadPreface();
                if (error.IsNone)
                {
                    error = ReadFrames();
                }

                core.Handler.OnBatchEnd();
                if (!error.IsNone)
                {
                    return error;
                }

                core.Charges.EndBatch();
                core.Stalls.NoteReceiving(Unfinished);
                core.Output.FlushBatch();
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return Http2Error.LinkLost("receiving failed: " + exception.Message, exception);
        }
        catch (Exception exception)
        {
            // A bug in a handler or here: the connection cannot go on, and must not take the process down or hang.
            ConnectionLog.ReadLoopFailed(core.Options.Logger, exception);
            return Http2Error.Connection(Http2ErrorCode.InternalError, "an internal error ended the connection: " + exception.Message);
        }
        finally
        {
            _buffer.Release();
        }
    }

    // Reads no further until this side has caught up: with its handlers, or with a peer that has to take what it asked for. That is no fault of what is
    // on its way, so the watch over unfinished frames rests.
    private async Task HoldAsync()
    {
        core.Stalls.NoteReceiving(0);
        if (_isHeld)
        {
            _isHeld = false;
            await core.Unfinished.WaitAsync().ConfigureAwait(false);
        }
        else
        {
            await core.Output.DrainAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> TryReceiveAsync()
    {
        if (_buffer.Length == 0 && core.Streams.Count == 0)
        {
            // Idle: wait without holding memory.
            _buffer.ReleaseIfEmpty();
            await link.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
        }

        int received = await link.ReceiveAsync(_buffer.GetRoom(), CancellationToken.None).ConfigureAwait(false);
        _buffer.Add(received);
        core.KeepAlive.NoteReceived();
        return received > 0;
    }

    // What the peer has begun and not finished, as StallWatch numbers it. The preface has a timer of its own.
    private long Unfinished =>
        !core.HeaderBlocks.OpenBlock.IsConnection ? -core.HeaderBlocks.Number
        : _isPrefaceRead && _buffer.Length > 0 ? _nextFrame
        : 0;

    // RFC 9113 3.4: a wrong byte is told at once, not only when 24 have come.
    private Http2Error ReadPreface()
    {
        if (_isPrefaceRead)
        {
            return Http2Error.None;
        }

        ReadOnlySpan<byte> received = _buffer.UnreadSpan;
        int length = Math.Min(received.Length, ConnectionPreface.Length);
        if (!received[..length].SequenceEqual(ConnectionPreface.Client[..length]))
        {
            return RefusePreface(received);
        }

        if (length >= "PRI ".Length)
        {
            // No method of HTTP/1.x begins like this.
            core.Settings.SendFirst();
        }

        if (length == ConnectionPreface.Length)
        {
            _buffer.Consume(length);
            _isPrefaceRead = true;
        }

        return Http2Error.None;
    }

    private Http2Error RefusePreface(ReadOnlySpan<byte> received)
    {
        switch (Http1Refusal.Recognize(received))
        {
            case null:
                return Http2Error.None;
            case true:
                core.Output.WriteLast(Http1Refusal.Response);
                return Http2Error.Connection(Http2ErrorCode.Http11Required, "the client speaks HTTP/1.x, and was told so (RFC 9113 3.4)");
            case false when received[0] == TlsHandshakeRecord:
                return Http2Error.Connection(Http2ErrorCode.ProtocolError, "the client speaks TLS, to a port without TLS (RFC 9113 3.4)");
            default:
                return Http2Error.Connection(Http2ErrorCode.ProtocolError, "the client did not send the HTTP/2 preface (RFC 9113 3.4)");
        }
    }

    private Http2Error ReadFrames()
    {
        while (_isPrefaceRead && FrameHeader.TryRead(_buffer.UnreadSpan, out FrameHeader header))
        {
            Http2Error error = _dispatch.CheckHeader(header);
            if (error.Scope == ErrorScope.Connection)
            {
                return error;
            }

            int size = FrameHeader.Size + header.Length;
            if (_buffer.Length < size)
            {
                return Http2Error.None;
            }

            if (header.Type == FrameType.Headers && core.Unfinished.MustWait)
            {
                _isHeld = true;
                return Http2Error.None;
            }

            error = error.IsNone
                ? _dispatch.Dispatch(header, _buffer.Unread.Slice(FrameHeader.Size, header.Length))
                : _dispatch.EndStream(header.StreamId, error);
            if (!error.IsNone)
            {
                return error;
            }

            _buffer.Consume(size);
            _nextFrame++;
        }

        return Http2Error.None;
    }
}
