using System.Text;
using Trunkline.Fuzz.Frames;
using Trunkline.Fuzz.Hpack;
using Trunkline.Fuzz.Running;
using Trunkline.Http2;

namespace Trunkline.Fuzz.Connections;

/// <summary>
/// A connection as the engine's peer sees it: what the peer has sent and what the engine has answered, frame by frame. Holds the engine to every rule
/// of RFC 9113 that a peer can check, and knows what the engine owes. It shares no code with the engine.
/// </summary>
internal sealed class PeerView(bool isEngineServer, Trace trace)
{
    private const int PrefaceLength = 24;

    // Promises may have left the engine and not come here yet.
    private const int PromisesUnderWay = 1000;

    private readonly FrameCutter _sentFrames = new();
    private readonly FrameCutter _receivedFrames = new();
    private readonly Queue<List<(int Id, uint Value)>> _unacknowledged = new();
    private readonly Queue<string> _unansweredPings = new();
    private readonly Dictionary<int, PeerStream> _streams = [];
    private readonly ReferenceDecoder _decoder = new(4096, int.MaxValue / 8);

    // Streams of the engine's on which the peer has sent before it had heard of them, with the credit that it gave.
    private readonly Dictionary<int, long> _guessed = [];
    private readonly List<byte> _block = [];
    private readonly StringBuilder _raw = new();
    private int _prefaceToSend = isEngineServer ? PrefaceLength : 0;
    private int _prefaceToReceive = isEngineServer ? 0 : PrefaceLength;
    private int _openSentBlock;
    private RawFrame? _openReceived;
    private bool _isHttp1;
    private bool _isEngineFinished;
    private int _settingsReceived;

    /// <summary>Frames that the peer has to answer with an acknowledgement, oldest first.</summary>
    public Queue<RawFrame> ToAnswer { get; } = new();

    /// <summary>The peer's settings that bind the engine.</summary>
    public PeerSettings Settings { get; } = new();

    /// <summary>What the engine may still send on the whole connection, in bytes.</summary>
    public long ConnectionWindow { get; private set; } = 65_535;

    /// <summary>What the peer may still send on the whole connection, as far as it was told.</summary>
    public long ConnectionCredit { get; private set; } = 65_535;

    /// <summary>The highest stream that the peer has opened (engine server), or was asked on (engine client).</summary>
    public int HighestStream { get; private set; }

    /// <summary>The highest stream that a server has promised.</summary>
    public int HighestPromised { get; private set; }

    /// <summary>The last stream id of the engine's GOAWAY; the largest before it has said any.</summary>
    public int LastGoAway { get; private set; } = int.MaxValue;

    /// <summary>The last stream id of the peer's own GOAWAY.</summary>
    public int LastGoAwaySent { get; private set; } = int.MaxValue;

    /// <summary>Whether the engine has said GOAWAY with an error.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Why the engine has to end the connection, once something was sent that no connection survives.</summary>
    public string? MustEnd { get; private set; }

    /// <summary>The bytes that the frame which the peer has begun still lacks.</summary>
    public int Missing => _prefaceToSend > 0 ? 0 : _sentFrames.Missing;

    /// <summary>Whether the client's 24 bytes have gone out.</summary>
    public bool IsPrefaceSent => _prefaceToSend == 0;

    /// <summary>The stream on which the peer has left a header block open; 0 for none.</summary>
    public int OpenSentBlock => _openSentBlock;

    /// <summary>PINGs that the engine has not answered.</summary>
    public int UnansweredPings => _unansweredPings.Count;

    /// <summary>SETTINGS that the engine has not acknowledged.</summary>
    public int UnacknowledgedSettings => _unacknowledged.Count;

    /// <summary>All streams, by id.</summary>
    public IReadOnlyDictionary<int, PeerStream> Streams => _streams;

    /// <summary>The ids of streams that exist, to choose from.</summary>
    public List<int> Ids { get; } = [];

    /// <summary>The peer has sent bytes.</summary>
    public void NoteSent(ReadOnlySpan<byte> bytes)
    {
        int preface = Math.Min(_prefaceToSend, bytes.Length);
        _prefaceToSend -= preface;
        foreach (RawFrame frame in _sentFrames.Add(bytes[preface..]))
        {
            trace.Tell($"  peer   > {frame}");
            NoteSent(frame);
        }
    }

    /// <summary>The engine has sent bytes.</summary>
    public void NoteReceived(ReadOnlySpan<byte> bytes)
    {
        if (_isHttp1 || (_settingsReceived == 0 && _raw.Length == 0 && bytes.StartsWith("HTTP/1.1 "u8)))
        {
            _isHttp1 = true;
            _raw.Append(Encoding.Latin1.GetString(bytes));
            return;
        }

        int preface = Math.Min(_prefaceToReceive, bytes.Length);
        _prefaceToReceive -= preface;
        foreach (RawFrame frame in _receivedFrames.Add(bytes[preface..]))
        {
            trace.Tell($"  engine > {frame}");
            trace.See($"engine {frame.TypeName} {frame.Flags & 5:x}", Detail(frame));
            Receive(frame);
        }
    }

    private static string Detail(RawFrame frame) => frame.Type switch
    {
        RawFrame.GoAway => ((Http2ErrorCode)frame.Number(4)) + Encoding.Latin1.GetString(frame.Payload.AsSpan(8)),
        RawFrame.RstStream => ((Http2ErrorCode)frame.Number(0)).ToString(),
        _ => "",
    };

    private void NoteSent(RawFrame frame)
    {
        foreach (Violation violation in ReferenceRules.Judge(frame, _openSentBlock, isEngineServer))
        {
            trace.See("broken " + frame.TypeName, violation.Rule);
            MustEnd ??= violation.EndsConnection ? $"{violation.Rule} ({violation.Code})" : null;
        }

        _openSentBlock = frame.Type is RawFrame.Headers or RawFrame.PushPromise or RawFrame.Continuation && !frame.IsEndHeaders ? frame.Stream : 0;
        if (MustEnd is not null)
        {
            return;
        }

        if (!isEngineServer && Find(frame.Stream) is null)
        {
            _guessed.TryAdd(frame.Stream, 0);
        }

        switch (frame.Type)
        {
            case RawFrame.Headers:
                NoteSentHeaders(frame);
                break;
            case RawFrame.Data:
                NoteSentData(frame);
                break;
            case RawFrame.RstStream when IsSurelyIdle(frame.Stream):
            case RawFrame.WindowUpdate when IsSurelyIdle(frame.Stream):
                MustEnd = $"{frame.TypeName} on an idle stream";
                break;
            case RawFrame.RstStream when Find(frame.Stream) is { } stream:
                stream.IsPeerReset = true;
                break;
            case RawFrame.WindowUpdate:
                NoteSentCredit(frame.Stream, frame.Number(0) & int.MaxValue);
                break;
            case RawFrame.Settings when !frame.IsAck:
                _unacknowledged.Enqueue([.. Enumerable.Range(0, frame.Payload.Length / 6).Select(i => ((frame.Payload[6 * i] << 8) | frame.Payload[(6 * i) + 1], frame.Number((6 * i) + 2)))]);
                break;
            case RawFrame.Ping when !frame.IsAck:
                _unansweredPings.Enqueue(Convert.ToHexStringLower(frame.Payload));
                break;
            case RawFrame.GoAway:
                int last = (int)(frame.Number(0) & int.MaxValue);
                MustEnd = last > LastGoAwaySent ? "GOAWAY raises its last stream" : null;
                LastGoAwaySent = last;
                break;
            case RawFrame.PushPromise when isEngineServer:
                MustEnd = "PUSH_PROMISE from a client";
                break;
            case RawFrame.PushPromise:
                NoteSentPromise((int)(frame.Number(frame.IsPadded ? 1 : 0) & int.MaxValue));
                break;
        }
    }

    // Streams that the engine refuses or ignores are streams here as well: it tells by RST_STREAM or GOAWAY.
    private void NoteSentHeaders(RawFrame frame)
    {
        if (Find(frame.Stream) is { } known)
        {
            known.IsPeerEnded |= frame.IsEndStream;
            return;
        }

        if (!isEngineServer || frame.Stream % 2 == 0)
        {
            MustEnd = isEngineServer && frame.Stream > HighestPromised + PromisesUnderWay ? "HEADERS on a stream that the peer must not open" : null;
            return;
        }

        if (frame.Stream > HighestStream)
        {
            HighestStream = frame.Stream;
            AddStream(frame.Stream).IsPeerEnded = frame.IsEndStream;
        }
    }

    private void NoteSentPromise(int promised)
    {
        if (promised % 2 == 0 && promised > HighestPromised)
        {
            HighestPromised = promised;
            PeerStream stream = AddStream(promised);
            stream.IsEngineEnded = true;
            stream.IsReserved = true;
        }
    }

    private void NoteSentData(RawFrame frame)
    {
        ConnectionCredit -= frame.Payload.Length;
        if (IsSurelyIdle(frame.Stream))
        {
            MustEnd = "DATA on an idle stream";
        }

        if (Find(frame.Stream) is { } stream)
        {
            stream.Credit -= frame.Payload.Length;
            stream.IsPeerEnded |= frame.IsEndStream;
        }
    }

    private void NoteSentCredit(int id, long increment)
    {
        if (id == 0)
        {
            // Whether that is too much only the engine knows: DATA that has used the window up may be under way.
            ConnectionWindow += increment;
        }
        else if (Find(id) is { } stream)
        {
            stream.Window += increment;
        }
        else if (_guessed.ContainsKey(id))
        {
            _guessed[id] += increment;
        }
    }

    private void Receive(RawFrame frame)
    {
        Trace.Hold(!_isEngineFinished, $"something follows a GOAWAY with an error\n{frame}");
        Trace.Hold(_settingsReceived > 0 || (frame.Type == RawFrame.Settings && !frame.IsAck), $"the first frame is not SETTINGS\n{frame}");
        Trace.Hold(frame.Payload.Length <= Settings.MaxFrameSize, $"a frame above SETTINGS_MAX_FRAME_SIZE\n{frame}");
        foreach (Violation violation in ReferenceRules.Judge(frame with { Payload = Shorten(frame) }, _openReceived?.Stream ?? 0, !isEngineServer))
        {
            Trace.Fail($"a frame of the engine breaks a rule: {violation.Rule}\n{frame}");
        }

        switch (frame.Type)
        {
            case RawFrame.Data:
                ReceiveData(frame);
                break;
            case RawFrame.Headers or RawFrame.Continuation or RawFrame.PushPromise:
                ReceiveFragment(frame);
                break;
            case RawFrame.RstStream:
                ReceiveReset(frame);
                break;
            case RawFrame.Settings:
                ReceiveSettings(frame);
                break;
            case RawFrame.Ping:
                ReceivePing(frame);
                break;
            case RawFrame.GoAway:
                ReceiveGoAway(frame);
                break;
            case RawFrame.WindowUpdate:
                ReceiveCredit(frame);
                break;
            case RawFrame.PriorityUpdate:
                Trace.Hold(!isEngineServer, $"PRIORITY_UPDATE from a server\n{frame}");
                break;
            default:
                Trace.Fail($"a frame of a type that the engine has no reason to send\n{frame}");
                break;
        }
    }

    // The peer may have allowed frames above the protocol's first limit, which is all that the reference knows.
    private static byte[] Shorten(RawFrame frame) => frame.Payload.Length > 16_384 ? frame.Payload[..16_384] : frame.Payload;

    private void ReceiveData(RawFrame frame)
    {
        PeerStream stream = Usable(frame);
        int length = frame.Payload.Length;
        Trace.Hold(stream.IsHeadReceived, $"DATA without HEADERS\n{frame}");
        stream.Window -= length;
        ConnectionWindow -= length;
        Trace.Hold(length == 0 || stream.Window >= 0, $"DATA above the window of its stream\n{frame}, window {stream.Window}");
        Trace.Hold(length == 0 || ConnectionWindow >= 0, $"DATA above the window of the connection\n{frame}, window {ConnectionWindow}");
        stream.IsEngineEnded |= frame.IsEndStream;
    }

    private void ReceiveFragment(RawFrame frame)
    {
        if (frame.Type != RawFrame.Continuation)
        {
            _block.Clear();
            _openReceived = frame;
        }

        RawFrame first = _openReceived!;
        _block.AddRange(frame.Type == RawFrame.PushPromise ? frame.Payload.AsSpan(4) : frame.Payload);
        if (!frame.IsEndHeaders)
        {
            return;
        }

        _openReceived = null;
        ReferenceBlock block = _decoder.Decode([.. _block]);
        Trace.Hold(block.Code == Http2ErrorCode.NoError, $"a header block of the engine does not decode: {block.Code}\n{frame}");
        trace.Tell($"           {string.Join(", ", block.Fields.Select(field => $"{field.Name}: {field.Value}"))}");
        if (first.Type == RawFrame.PushPromise)
        {
            ReceivePromise(first, block);
        }
        else
        {
            ReceiveHeaders(first, block);
        }
    }

    private void ReceiveHeaders(RawFrame frame, ReferenceBlock block)
    {
        if (!isEngineServer && !_streams.ContainsKey(frame.Stream))
        {
            OpenByEngine(frame);
        }

        PeerStream stream = Usable(frame);
        string status = block.Fields.FirstOrDefault(field => field.Name == ":status").Value ?? "";
        bool isInterim = status.StartsWith('1');
        Trace.Hold(!stream.IsHeadReceived || frame.IsEndStream, $"a second header block does not end the stream\n{frame}");
        Trace.Hold(!isEngineServer || stream.IsHeadReceived || status.Length == 3, $"a response without :status\n{frame}");
        stream.IsHeadReceived |= !isInterim;
        stream.IsReserved = false;
        if (isEngineServer && stream.Id % 2 == 0)
        {
            int pushed = _streams.Values.Count(other => other.Id % 2 == 0 && !other.IsReserved && !other.IsOver);
            Trace.Hold(pushed <= Settings.MaxConcurrentStreams, $"more pushed streams than the peer allows\n{frame}, {pushed} streams");
        }

        stream.IsEngineEnded |= frame.IsEndStream;
    }

    private void OpenByEngine(RawFrame frame)
    {
        Trace.Hold(frame.Stream % 2 == 1 && frame.Stream > HighestStream, $"the engine opens a stream that it must not open\n{frame}");
        HighestStream = frame.Stream;
        AddStream(frame.Stream);
        int open = _streams.Values.Count(stream => !stream.IsOver && !stream.IsGuessed && stream.Id % 2 == 1);
        Trace.Hold(open <= Settings.MaxConcurrentStreams, $"more streams than the peer allows\n{frame}, {open} streams");
    }

    private void ReceivePromise(RawFrame frame, ReferenceBlock block)
    {
        int promised = (int)(frame.Number(0) & int.MaxValue);
        Trace.Hold(isEngineServer, $"PUSH_PROMISE from a client\n{frame}");
        Trace.Hold(Settings.IsPushEnabled, $"PUSH_PROMISE although push is switched off\n{frame}");
        Trace.Hold(promised % 2 == 0 && promised > HighestPromised, $"a promise of a stream that must not be promised\n{frame}");
        Trace.Hold(block.Fields.Any(field => field.Name == ":path"), $"a promise without a request\n{frame}");
        Usable(frame);
        HighestPromised = promised;
        PeerStream stream = AddStream(promised);
        stream.IsPeerEnded = true;
        stream.IsReserved = true;
    }

    private void ReceiveReset(RawFrame frame)
    {
        PeerStream? stream = Find(frame.Stream);
        Trace.Hold(stream is not null || !IsIdle(frame.Stream), $"RST_STREAM on an idle stream\n{frame}");
        Trace.Hold(frame.Number(0) != (uint)Http2ErrorCode.InternalError, $"RST_STREAM INTERNAL_ERROR\n{frame}");
        stream ??= AddStream(frame.Stream);
        Trace.Hold(!stream.IsEngineReset, $"a second RST_STREAM for a stream\n{frame}");
        stream.IsEngineReset = true;
    }

    private void ReceiveSettings(RawFrame frame)
    {
        if (!frame.IsAck)
        {
            _settingsReceived++;
            ToAnswer.Enqueue(frame);
            return;
        }

        Trace.Hold(_unacknowledged.TryDequeue(out List<(int Id, uint Value)>? settings), "an acknowledgement of SETTINGS that were not sent");
        foreach ((int id, uint value) in settings)
        {
            long before = Settings.InitialWindow;
            Settings.Apply(id, value);
            if (id == 1)
            {
                _decoder.SetTableLimit((int)Math.Min(value, int.MaxValue));
            }

            foreach (PeerStream stream in _streams.Values)
            {
                stream.Window += Settings.InitialWindow - before;
            }
        }
    }

    private void ReceivePing(RawFrame frame)
    {
        if (!frame.IsAck)
        {
            ToAnswer.Enqueue(frame);
            return;
        }

        Trace.Hold(_unansweredPings.TryDequeue(out string? opaque), "an answer to a PING that was not sent");
        Trace.Hold(opaque == Convert.ToHexStringLower(frame.Payload), $"a PING is answered out of order or with other bytes\n{frame}");
    }

    private void ReceiveGoAway(RawFrame frame)
    {
        int last = (int)(frame.Number(0) & int.MaxValue);
        var code = (Http2ErrorCode)frame.Number(4);
        Trace.Hold(last <= LastGoAway, $"GOAWAY raises its last stream from {LastGoAway} to {last}\n{frame}");
        Trace.Hold(code != Http2ErrorCode.InternalError, $"GOAWAY INTERNAL_ERROR\n{Encoding.Latin1.GetString(frame.Payload)}");
        LastGoAway = last;
        IsRefused |= code != Http2ErrorCode.NoError;
        _isEngineFinished = IsRefused;
    }

    private void ReceiveCredit(RawFrame frame)
    {
        long increment = frame.Number(0) & int.MaxValue;
        if (frame.Stream == 0)
        {
            ConnectionCredit += increment;
            Trace.Hold(ConnectionCredit <= int.MaxValue, $"the engine grants more than 2^31-1 bytes\n{frame}");
            return;
        }

        PeerStream? stream = Find(frame.Stream);
        Trace.Hold(stream is not null, $"WINDOW_UPDATE on an idle stream\n{frame}");
        Trace.Hold(!stream.IsEngineReset, $"WINDOW_UPDATE behind RST_STREAM\n{frame}");
        stream.Credit += increment;
    }

    // A stream on which the engine may send HEADERS or DATA.
    private PeerStream Usable(RawFrame frame)
    {
        PeerStream? stream = Find(frame.Stream);
        Trace.Hold(stream is not null, $"{frame.TypeName} on an idle stream\n{frame}");
        Trace.Hold(!stream.IsEngineReset, $"{frame.TypeName} behind RST_STREAM\n{frame}");
        Trace.Hold(!stream.IsEngineEnded, $"{frame.TypeName} behind END_STREAM\n{frame}");
        return stream;
    }

    private PeerStream AddStream(int id)
    {
        bool isGuessed = _guessed.TryGetValue(id, out long credit);
        var stream = new PeerStream(id, Settings.InitialWindow + credit) { IsGuessed = isGuessed };
        _streams.Add(id, stream);
        Ids.Add(id);
        return stream;
    }

    private PeerStream? Find(int id) => _streams.GetValueOrDefault(id);

    // What a client opens it knows; what the engine has opened or promised may not have come here yet.
    private bool IsSurelyIdle(int id) => isEngineServer && id % 2 == 1 && id > HighestStream;

    private bool IsIdle(int id) => id % 2 == 1 ? id > HighestStream : id > HighestPromised;
}
