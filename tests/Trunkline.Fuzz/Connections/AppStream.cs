using Trunkline.Fuzz.Running;
using Trunkline.Http2;

namespace Trunkline.Fuzz.Connections;

/// <summary>What the application does with a stream by itself.</summary>
internal enum Manner
{
    /// <summary>Answers everything in one write as soon as it has the head.</summary>
    AnswerAtOnce,

    /// <summary>Answers when the request is whole.</summary>
    AnswerAtEnd,

    /// <summary>Sends back what comes.</summary>
    Echo,

    /// <summary>Does only what the script says.</summary>
    Wait,

    /// <summary>Does only what the script says, and never gives credit back.</summary>
    Hoard,

    /// <summary>Resets the stream as soon as it has the head.</summary>
    Refuse,

    /// <summary>Answers with much data at once.</summary>
    AnswerMuch,

    /// <summary>Answers at once and ends both sides.</summary>
    AnswerAndLeave,
}

/// <summary>
/// A stream in the hands of the application, which keeps to the contract of <see cref="Http2Stream"/> and holds the engine to that of
/// <see cref="IStreamHandler"/>.
/// </summary>
internal sealed class AppStream(Manner manner, bool isServer, bool isReleased, Trace trace, bool isPushed = false) : IStreamHandler
{
    // More than the protocol's first window, and small enough for the small-object heap.
    private static readonly byte[] Much = new byte[80_000];

    private Http2Stream? _stream;
    private bool _isHeadSeen;
    private bool _isEndSeen;
    private bool _isInCallback;
    private bool _isHeadWritten;
    private bool _isEndWritten;
    private int _unconsumed;
    private bool _isWriting;
    private bool _isWorking;
    private int _waits;
    private int _writables;

    /// <summary>How often the engine has said that the stream is over.</summary>
    public int Closings { get; private set; }

    /// <summary>Whether a write waits and has not been told that it has gone.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>The id while the stream is held; 0 before it has one.</summary>
    public int Id => _stream?.Id.Value ?? 0;

    public bool IsHeadWritten => _isHeadWritten;

    public bool IsOver => Closings > 0;

    /// <summary>The stream, once there is one.</summary>
    public void Take(Http2Stream stream) => _stream = stream;

    /// <summary>Says that work begins which the stream's end does not end; it ends when the application hears of that, or with <see cref="EndWork"/>.</summary>
    public void BeginWork()
    {
        _isWorking = true;
        _stream?.BeginWork();
    }

    /// <summary>The work has ended.</summary>
    public void EndWork()
    {
        if (_isWorking)
        {
            _isWorking = false;
            _stream?.EndWork();
        }
    }

    /// <summary>Asks for another place in the order of writing.</summary>
    public void Prioritize(int urgency, bool incremental)
    {
        if (_stream is not null)
        {
            _stream.Priority = new Priority(urgency, incremental);
        }
    }

    /// <summary>Promises a response on this stream.</summary>
    /// <returns>The promised stream, or null when there is none.</returns>
    public AppStream? Push(Manner pushedManner, bool isPushedReleased)
    {
        if (_stream is null || isPushed || !isServer)
        {
            return null;
        }

        var pushed = new AppStream(pushedManner, isServer: true, isPushedReleased, trace, isPushed: true);
        try
        {
            PushOutcome outcome = _stream.TryPush(Heads.Pushed(), pushed, out Http2Stream? stream);
            trace.See("push", outcome.ToString());
            trace.Tell($"           app {Id}: push, {outcome}");
            if (outcome == PushOutcome.Pushed)
            {
                pushed.Take(stream!);
                return pushed;
            }
        }
        catch (ArgumentException)
        {
            // The client has asked for nothing under that authority yet.
            trace.See("push", "not authoritative");
        }

        return null;
    }

    /// <inheritdoc/>
    public void OnHeaders(in FieldBlock fields, bool endStream)
    {
        Enter("headers");
        trace.Expect(!_isHeadSeen || !isServer, "a second request head");
        trace.Expect(!_isEndSeen, "headers behind the end");
        _isHeadSeen = true;
        _isEndSeen = endStream;
        React(endStream);
        Leave();
    }

    /// <inheritdoc/>
    public void OnData(ReadOnlyMemory<byte> data, bool endStream)
    {
        Enter("data");
        trace.Expect(_isHeadSeen && !_isEndSeen, "data before the head or behind the end");
        _isEndSeen = endStream;
        _unconsumed += data.Length;
        if (manner == Manner.Echo && isServer)
        {
            Write(data.Span, isTrailing: false, isEnd: endStream, leave: false);
        }

        if (manner is not (Manner.Hoard or Manner.Wait))
        {
            Consume(data.Length);
        }

        if (endStream && manner == Manner.AnswerAtEnd && isServer)
        {
            Write("whole"u8, isTrailing: true, isEnd: true, leave: false);
        }

        Leave();
    }

    /// <inheritdoc/>
    public void OnTrailers(in FieldBlock fields)
    {
        Enter("trailers");
        trace.Expect(_isHeadSeen && !_isEndSeen, "trailers before the head or behind the end");
        _isEndSeen = true;
        if (manner is Manner.AnswerAtEnd or Manner.Echo && isServer)
        {
            Write("trailed"u8, isTrailing: true, isEnd: true, leave: false);
        }

        Leave();
    }

    /// <inheritdoc/>
    public void OnWritable()
    {
        trace.See("app", "writable");
        trace.Expect(!IsOver, "writable behind closed");
        trace.Expect(!_isWriting, "told of room from within the write");
        trace.Expect(++_writables <= _waits, "told of room more often than a write had to wait");
        IsWaiting = false;
    }

    /// <inheritdoc/>
    public void OnClosed(in Http2Error error)
    {
        trace.Tell($"           app {Id}: closed, {error}");
        trace.See("app closed", Trace.ReasonOf(error));
        trace.Expect(!_isInCallback, "closed within another event");
        trace.Expect(error.Code != Http2ErrorCode.InternalError || error.Origin == ErrorOrigin.Peer, "a stream ends with INTERNAL_ERROR");
        Closings++;
        trace.Expect(Closings == 1, "closed twice");
        IsWaiting = false;
        EndWork();
        if (isReleased)
        {
            _stream?.Release();
            _stream = null;
        }
    }

    /// <summary>Writes what is due, unless the stream's sending side has ended: the head if it is missing, data, and perhaps the end.</summary>
    public void Write(ReadOnlySpan<byte> data, bool isTrailing, bool isEnd, bool leave, bool isInline = false)
    {
        if (_stream is null || _isEndWritten || IsOver || (isPushed && !isServer))
        {
            return;
        }

        bool withHead = !_isHeadWritten;
        _isHeadWritten = true;
        _isEndWritten = isEnd || isTrailing;
        var outgoing = new Outgoing
        {
            Headers = withHead ? Heads.Prepared(isServer, Id) : null,
            MoreHeaders = withHead ? Heads.Own(isServer) : null,
            Data = isInline ? null : Copy(data),
            InlinePayload = isInline ? new Payload(data.ToArray()) : null,
            Trailers = isTrailing ? Heads.Trailers : null,
            EndStream = isEnd,
            EndBothSides = leave && _isEndWritten,
        };
        _isWriting = true;
        WriteOutcome outcome = _stream.Write(outgoing);
        _isWriting = false;
        trace.See("write", outcome.ToString());
        trace.Tell($"           app {Id}: write {data.Length} bytes{(withHead ? " with head" : "")}{(_isEndWritten ? " with end" : "")}: {outcome}");
        if (outcome == WriteOutcome.Waiting && !IsOver)
        {
            _waits++;
            IsWaiting = true;
        }
    }

    /// <summary>Gives credit back.</summary>
    public void Consume(int bytes)
    {
        bytes = Math.Min(bytes, _unconsumed);
        if (_stream is not null && bytes > 0)
        {
            _unconsumed -= bytes;
            _stream.Consume(bytes);
        }
    }

    /// <summary>Ends the stream.</summary>
    public void Reset(Http2ErrorCode code)
    {
        trace.Tell($"           app {Id}: reset {code}");
        _stream?.Reset(code);
    }

    private static PooledBuffer? Copy(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return null;
        }

        var buffer = new PooledBuffer();
        buffer.Write(data);
        return buffer;
    }

    private void React(bool endStream)
    {
        switch (manner)
        {
            case Manner.Refuse:
                // A reset from within the event: the end is told when the event is over.
                _stream?.Reset(Http2ErrorCode.Cancel);
                break;
            case Manner.AnswerAtOnce when isServer:
                Write("hello"u8, isTrailing: true, isEnd: true, leave: false, isInline: true);
                break;
            case Manner.AnswerAndLeave when isServer:
                Write("bye"u8, isTrailing: false, isEnd: true, leave: true);
                break;
            case Manner.AnswerMuch when isServer:
                Write(Much, isTrailing: true, isEnd: true, leave: false);
                break;
            case Manner.Echo when isServer:
                Write([], isTrailing: false, isEnd: endStream, leave: false);
                break;
            case Manner.AnswerAtEnd when isServer && endStream:
                Write("whole"u8, isTrailing: false, isEnd: true, leave: false);
                break;
        }
    }

    private void Enter(string what)
    {
        trace.Tell($"           app {Id}: {what}");
        trace.See("app", what);
        trace.Expect(!_isInCallback, "two events at once");
        trace.Expect(!IsOver, "an event behind closed");
        _isInCallback = true;
    }

    private void Leave() => _isInCallback = false;

    private sealed class Payload(byte[] data) : IInlinePayload
    {
        public int Length => data.Length;

        public void WriteTo(Span<byte> destination) => data.CopyTo(destination);
    }
}
