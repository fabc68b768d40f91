using System.Text;
using Trunkline.Fuzz.Frames;
using Trunkline.Fuzz.Running;
using Trunkline.Harness;
using Trunkline.Http2;

namespace Trunkline.Fuzz.Connections;

/// <summary>
/// Runs one input against one connection: the first bytes choose options and preface, each following step is something that the peer sends, the
/// application does, the link suffers or the clock shows. In the end the connection has to be of use or over, and then has to leave nothing behind.
/// </summary>
#pragma warning disable CA1001 // The link is the connection's to close, and whether it does is one of the laws.
internal abstract class ConnectionScript
#pragma warning restore CA1001
{
    private const int MaxSteps = 150;

    // What is cut is cut into so many pieces at the most: the bytes of a long DATA frame are all alike.
    private const int MaxPieces = 64;

    // A longer one has ended the connection with its header.
    private const int LongestFrame = 16_384 + 9;

    // Of a connection that is over little can be learned.
    private const int StepsAfterTheEnd = 5;

    private static readonly byte[] Zeros = new byte[70_000];

    private readonly FuzzLink _link = new();
    private readonly ErrorLog _log = new();
    private readonly List<byte> _batch = [];
    private readonly bool _isAnswering;
    private readonly int _pieceLength;
    private readonly int _outstandingBefore;
    private Task _start = Task.CompletedTask;
    private bool _isBatching;
    private int _stepsUnsettled;

    protected ConnectionScript(byte[] input, bool isEngineServer, Trace trace)
    {
        Input = new InputReader(input);
        Trace = trace;
        IsEngineServer = isEngineServer;
        Heads.Restart();
        _outstandingBefore = PoolBalance.Outstanding;
        byte flags = Input.Byte();
        _isAnswering = (flags & 0x0F) != 0x0F;
        _pieceLength = (flags >> 4) switch { 0 => 1, 1 => 7, 2 => 100, _ => int.MaxValue };
        Options = ScriptOptions.Read(Input, Time, _log);
        View = new PeerView(isEngineServer, trace);
        PreparePeer = Input.Byte();
    }

    protected InputReader Input { get; }

    protected Trace Trace { get; }

    protected bool IsEngineServer { get; }

    protected Http2Options Options { get; }

    protected PeerView View { get; }

    protected ManualTimeProvider Time { get; } = new();

    protected Link Link => _link;

    /// <summary>How the peer begins.</summary>
    protected byte PreparePeer { get; }

    protected abstract Http2Connection Connection { get; }

    /// <summary>The application's streams, in the order in which they came.</summary>
    protected List<AppStream> AppStreams { get; } = [];

    /// <summary>How often the connection has told its handler that it is over.</summary>
    protected int Closings { get; set; }

    /// <summary>Whether the connection has started.</summary>
    protected bool IsStarted => _start.IsCompletedSuccessfully;

    /// <summary>Runs the script and checks the laws of its end.</summary>
    public async Task RunAsync()
    {
        _start = Connection.StartAsync(CancellationToken.None);
        await BeginAsync();
        for (int step = 0, after = 0; step < MaxSteps && after < StepsAfterTheEnd && !Input.IsAtEnd; step++)
        {
            after += Connection.Closed.IsCompleted ? 1 : 0;
            await StepAsync(Input.Byte());
            if (_stepsUnsettled > 0)
            {
                _stepsUnsettled--;
            }
            else
            {
                await SettleAsync();
            }
        }

        await FinishAsync();
    }

    /// <summary>Something that only this side's script knows.</summary>
    protected abstract Task OwnStepAsync(byte kind);

    /// <summary>A header block for the peer to send.</summary>
    /// <param name="isTrailers">Whether the stream's head has been sent already.</param>
    protected abstract byte[] NextBlock(bool isTrailers);

    /// <summary>The peer sends a frame.</summary>
    protected void Send(RawFrame frame) => SendBytes(frame.ToBytes());

    /// <summary>The peer sends bytes, at once or with the batch.</summary>
    protected void SendBytes(byte[] bytes)
    {
        if (_isBatching)
        {
            _batch.AddRange(bytes);
            return;
        }

        View.NoteSent(bytes);
        int pieceLength = Math.Max(_pieceLength, bytes.Length / MaxPieces);
        for (int at = 0; at < bytes.Length;)
        {
            int length = Math.Min(pieceLength, bytes.Length - at);
            _link.Feed(bytes.AsSpan(at, length));
            at += length;
        }
    }

    /// <summary>A stream for the peer to use: one that there is, mostly.</summary>
    protected int ChooseStream(byte choice) => choice switch
    {
        0xFF => 0,
        0xFE => View.HighestStream + 2,
        0xFD => 2,
        0xFC => int.MaxValue,
        _ => View.Ids.Count == 0 ? 1 : View.Ids[^(1 + (choice % View.Ids.Count))],
    };

    /// <summary>Sends a header block as HEADERS, in the form that the script's flags ask for.</summary>
    protected void SendHeaders(int stream, byte flags, byte[] block)
    {
        bool isPadded = (flags & 0x02) != 0;
        bool hasPriority = (flags & 0x08) != 0;
        int pieces = (flags & 0x10) != 0 ? 3 : 1;
        bool isLeftOpen = (flags & 0xE0) == 0xE0;
        int first = block.Length / pieces;
        byte frameFlags = (byte)((flags & 0x01) | (isPadded ? RawFrame.PaddedFlag : 0) | (hasPriority ? RawFrame.PriorityFlag : 0) | (pieces == 1 && !isLeftOpen ? RawFrame.EndHeadersFlag : 0));
        Send(new RawFrame(
            RawFrame.Headers,
            frameFlags,
            stream,
            [.. isPadded ? [3] : Array.Empty<byte>(), .. hasPriority ? [0, 0, 0, flags, 16] : Array.Empty<byte>(), .. block.AsSpan(0, first), .. isPadded ? new byte[3] : []]));
        for (int at = first, left = pieces - 1; left > 0; left--)
        {
            int length = left == 1 ? block.Length - at : first;
            Send(new RawFrame(RawFrame.Continuation, (byte)(left == 1 && !isLeftOpen ? RawFrame.EndHeadersFlag : 0), stream, block[at..(at + length)]));
            at += length;
        }
    }

    /// <summary>Lets everything run, reads what the engine has sent, and answers what is to be answered.</summary>
    protected async Task SettleAsync()
    {
        do
        {
            await Quiet.SettleAsync();
            Trace.Check();
            View.NoteReceived(_link.Sent);
            _link.ForgetSent();
            Answer();
        }
        while (!_link.Sent.IsEmpty || ThreadPool.PendingWorkItemCount > 0);
    }

    private async Task BeginAsync()
    {
        if (IsEngineServer)
        {
            ReadOnlySpan<byte> preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;
            SendBytes((PreparePeer & 0x3F) switch
            {
                0x3F => preface[..10].ToArray(),
                0x3E => Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
                0x3D => Input.Bytes(30),
                _ => preface.ToArray(),
            });
        }

        if ((PreparePeer & 0xC0) != 0xC0)
        {
            SendSettings();
        }

        await SettleAsync();
    }

    private async Task StepAsync(byte kind)
    {
        switch (kind % 24)
        {
            case 0 or 1:
                int stream = ChooseStream(Input.Byte());
                SendHeaders(stream, Input.Byte(), NextBlock(isTrailers: false));
                break;
            case 2:
                SendHeaders(ChooseStream(Input.Byte()), (byte)(Input.Byte() | 1), NextBlock(isTrailers: true));
                break;
            case 3 or 4:
                SendData();
                break;
            case 5:
                Send(new RawFrame(RawFrame.RstStream, 0, ChooseStream(Input.Byte()), [0, 0, 0, Input.Byte()]));
                break;
            case 6 or 7:
                Send(new RawFrame(RawFrame.WindowUpdate, 0, ChooseStream(Input.Byte()), Number(Input.Byte())));
                break;
            case 8:
                SendSettings();
                break;
            case 9:
                Send(new RawFrame(RawFrame.Ping, (byte)(Input.Byte() == 0xFF ? 1 : 0), 0, [1, 2, 3, 4, 5, 6, 7, Input.Byte()]));
                break;
            case 10:
                Send(new RawFrame(RawFrame.GoAway, 0, 0, [.. Stream(ChooseStream(Input.Byte())), 0, 0, 0, Input.Byte(), .. "bye"u8]));
                break;
            case 11:
                SendRare();
                break;
            case 12 or 13 or 14 or 15:
                ActOnStream();
                break;
            case 16:
                ActOnConnection();
                break;
            case 17:
                await ActOnLinkAsync(Input.Byte());
                break;
            default:
                await OwnStepAsync(kind);
                break;
        }
    }

    private void SendData()
    {
        int stream = ChooseStream(Input.Byte());
        byte flags = Input.Byte();
        int size = Input.Byte() switch { var small and < 128 => small, var middle and < 240 => (middle - 127) * 100, _ => 16_384 };
        bool isPadded = (flags & 0x08) != 0;
        byte[] payload = isPadded ? [4, .. new byte[Math.Max(size - 5, 0)], .. new byte[4]] : new byte[size];
        Send(new RawFrame(RawFrame.Data, (byte)(flags & 0x09), stream, payload));
    }

    private void SendSettings()
    {
        List<byte> payload = [];
        for (int left = Input.Byte() % 4; left > 0; left--)
        {
            payload.AddRange([0, (byte)(Input.Byte() % 10), .. Number(Input.Byte())]);
        }

        Send(new RawFrame(RawFrame.Settings, 0, 0, [.. payload]));
    }

    private void SendRare()
    {
        byte kind = Input.Byte();
        int stream = ChooseStream(Input.Byte());
        switch (kind % 8)
        {
            case 0:
                Send(new RawFrame(RawFrame.Priority, 0, stream, [0, 0, 0, Input.Byte(), Input.Byte()]));
                break;
            case 1:
                Send(new RawFrame(RawFrame.PriorityUpdate, 0, 0, [.. Stream(stream), .. Input.Bytes(Input.Byte() % 16)]));
                break;
            case 2:
                Send(new RawFrame(RawFrame.PushPromise, 4, stream, [.. Stream(ChooseStream(Input.Byte())), .. NextBlock(isTrailers: false)]));
                break;
            case 3:
                Send(new RawFrame(RawFrame.Continuation, (byte)(Input.Byte() & 4), stream, NextBlock(isTrailers: true)));
                break;
            case 4:
                Send(new RawFrame(RawFrame.Settings, 1, 0, []));
                break;
            case 5:
                SendBytes(Input.Bytes(Input.Byte() % 32));
                break;
            default:
                Send(new RawFrame(Input.Byte(), Input.Byte(), stream, Input.Bytes(Input.Byte() % 32)));
                break;
        }
    }

    private void ActOnStream()
    {
        if (AppStreams.Count == 0)
        {
            return;
        }

        AppStream stream = AppStreams[^(1 + (Input.Byte() % AppStreams.Count))];
        byte kind = Input.Byte();
        switch (kind % 8)
        {
            case 0 or 1:
                stream.Write(Zeros.AsSpan(0, Size(Input.Byte())), isTrailing: false, isEnd: (kind & 0x80) != 0, leave: (kind & 0x40) != 0);
                break;
            case 2:
                stream.Write(Zeros.AsSpan(0, Input.Byte() * 16), isTrailing: (kind & 0x80) != 0, isEnd: (kind & 0x40) != 0, leave: false, isInline: true);
                break;
            case 3:
                stream.Write([], isTrailing: true, isEnd: true, leave: (kind & 0x80) != 0);
                break;
            case 5 when kind >= 0x80:
                if (stream.Push((Manner)((kind >> 3) & 7), isPushedReleased: (kind & 0x40) != 0) is { } pushed)
                {
                    AppStreams.Add(pushed);
                }

                break;
            case 6 when kind >= 0x80:
                stream.Prioritize((kind >> 3) & 7, incremental: (kind & 0x40) != 0);
                break;
            case 7 when kind >= 0x80:
                stream.EndWork();
                break;
            case 4:
                stream.Reset((kind & 0x80) != 0 ? Http2ErrorCode.NoError : Http2ErrorCode.Cancel);
                break;
            default:
                stream.Consume(Size(Input.Byte()));
                break;
        }
    }

    private void ActOnConnection()
    {
        byte kind = Input.Byte();
        Trace.Tell($"           app: act {kind % 8} on the connection");
        switch (kind % 8)
        {
            case 0:
                Ignore(Connection.ShutdownAsync(CancellationToken.None));
                break;
            case 1 when kind > 0x80:
                Connection.Abort(Http2ErrorCode.Cancel, "the script says so");
                break;
            case 2 or 3:
                Ignore(Connection.PingAsync(CancellationToken.None));
                break;
            case 4:
                _isBatching = true;
                break;
            case 5:
                FlushBatch();
                break;
            default:
                _stepsUnsettled = kind >> 3;
                break;
        }
    }

    private async Task ActOnLinkAsync(byte kind)
    {
        Trace.Tell($"           link and clock: {kind % 16}");
        switch (kind % 16)
        {
            case 0:
                _link.Stall();
                break;
            case 1 or 2:
                _link.Resume();
                break;
            case 3 when kind > 0xC0:
                _link.End();
                break;
            case 4 when kind > 0xC0:
                _link.Break();
                break;
            case 5:
                await SettleAsync();
                Time.Advance(TimeSpan.FromSeconds(kind / 16 * 5));
                break;
            default:
                Time.Advance(TimeSpan.FromMilliseconds(kind));
                break;
        }
    }

    private void FlushBatch()
    {
        _isBatching = false;
        byte[] bytes = [.. _batch];
        _batch.Clear();
        SendBytes(bytes);
    }

    // Acknowledgements stand between frames, and never inside a header block.
    private void Answer()
    {
        while (_isAnswering && !_isBatching && View.IsPrefaceSent && View.Missing == 0 && View.OpenSentBlock == 0 && View.ToAnswer.TryDequeue(out RawFrame? frame))
        {
            Send(frame.Type == RawFrame.Settings ? new RawFrame(RawFrame.Settings, 1, 0, []) : frame with { Flags = 1 });
        }
    }

    private async Task FinishAsync()
    {
        _stepsUnsettled = 0;
        _link.Resume();
        FlushBatch();
        await SettleAsync();
        await CompleteFrameAsync();
        if (!await IsAliveAsync())
        {
            await WaitForEndAsync();
        }

        var laws = new EndLaws(View, Connection, IsEngineServer, Trace);
        if (!Connection.Closed.IsCompleted)
        {
            laws.CheckAlive(AppStreams);
        }

        await LeaveAsync();
        Trace.Hold(_start.IsCompleted, "the connection is over and its start is not");
        Ignore(_start);
        Trace.Check();
        Trace.Hold(_log.Text.Length == 0, $"an error is logged\n{_log.Text}");
        laws.CheckOver(AppStreams, Closings);
        Trace.Hold(Time.ArmedTimers == 0, $"{Time.ArmedTimers} timers are left");
        Trace.Hold(PoolBalance.Outstanding == _outstandingBefore, $"{PoolBalance.Outstanding - _outstandingBefore} pooled arrays are not returned");
        Trace.See("end", Trace.ReasonOf(await Connection.Closed));
    }

    // Whatever the peer has begun it ends, so that a PING can be read as one.
    private async Task CompleteFrameAsync()
    {
        for (int rounds = 0; View.Missing is > 0 and <= LongestFrame && rounds < 2; rounds++)
        {
            SendBytes(new byte[View.Missing]);
        }

        if (View.Missing == 0 && View.OpenSentBlock is > 0 and var open)
        {
            Send(new RawFrame(RawFrame.Continuation, RawFrame.EndHeadersFlag, open, []));
        }

        await SettleAsync();
    }

    // A PING is answered, or the connection is over: nothing else.
    private async Task<bool> IsAliveAsync()
    {
        if (Connection.Closed.IsCompleted || !View.IsPrefaceSent || View.Missing > 0)
        {
            return false;
        }

        Send(new RawFrame(RawFrame.Ping, 0, 0, [.. "the last"u8]));
        await SettleAsync();
        return !Connection.Closed.IsCompleted && View.UnansweredPings == 0 && View.MustEnd is null;
    }

    private async Task WaitForEndAsync()
    {
        for (int seconds = 0; seconds < 120 && !Connection.Closed.IsCompleted; seconds += 5)
        {
            Time.Advance(TimeSpan.FromSeconds(5));
            await SettleAsync();
        }

        Trace.Hold(Connection.Closed.IsCompleted, $"the connection neither answers nor ends\n{View.MustEnd}, {View.UnansweredPings} PINGs unanswered");
    }

    private async Task LeaveAsync()
    {
        Trace.Tell("  the end");
        int way = PreparePeer & 3;
        Task ended = Task.CompletedTask;
        switch (way)
        {
            case 0:
                _link.End();
                break;
            case 1:
                _link.Break();
                break;
            case 2:
                ended = Connection.ShutdownAsync(new CancellationToken(canceled: true));
                break;
            default:
                ended = Connection.DisposeAsync().AsTask();
                break;
        }

        await SettleAsync();
        Time.Advance(TimeSpan.FromSeconds(10));
        await SettleAsync();
        Trace.Hold(Connection.Closed.IsCompleted, $"the connection does not end in way {way}");
        Trace.Hold(ended.IsCompleted, $"the connection is over and the call that ended it is not, in way {way}");
        Ignore(ended);
    }

    // Calls whose outcome is the connection's, which is looked at by itself.
    private static void Ignore(Task task) => _ = task.ContinueWith(static done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static byte[] Stream(int id) => [(byte)(id >> 24), (byte)(id >> 16), (byte)(id >> 8), (byte)id];

    private static int Size(byte size) => size < 128 ? size : (size - 127) * 500;

    // Numbers at which something happens: small ones, frame and window sizes, the largest, and beyond.
    private static byte[] Number(byte kind)
    {
        uint number = (kind % 16) switch
        {
            0 => 0,
            1 => 1,
            2 or 3 => kind,
            4 => 4096,
            5 or 6 => 16_384,
            7 => 65_535,
            8 or 9 => (uint)kind << 10,
            10 => 16_777_215,
            11 => 16_777_216,
            12 => int.MaxValue,
            13 => 0x8000_0000,
            14 => uint.MaxValue,
            _ => 100,
        };
        return [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];
    }
}
