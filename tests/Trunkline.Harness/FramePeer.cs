using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Trunkline.Http2;
using Trunkline.Http2.Fields;
using Trunkline.Http2.Frames;
using Trunkline.Http2.Hpack;

namespace Trunkline.Harness;

/// <summary>
/// The other end of a connection, spoken frame by frame: sends whatever a test says, legal or not, and expects frames back. It applies no rules of
/// its own and answers nothing by itself.
/// </summary>
public sealed class FramePeer : IAsyncDisposable
{
    // A guard against hanging tests; nothing is asserted about time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Link _link;
    private readonly HpackEncoder _encoder = new();
    private readonly HpackDecoder _decoder = new(HpackEncoder.InitialTableSize, 64 * 1024);
    private byte[] _received = [];

    /// <summary>Speaks over a link.</summary>
    /// <param name="link">The peer's end.</param>
    public FramePeer(Link link) => _link = link;

    /// <summary>Sends the client's 24 bytes and empty SETTINGS, expects the server's SETTINGS and acknowledges them.</summary>
    public async Task ConnectAsClientAsync()
    {
        await SendAsync(ConnectionPreface.Client.ToArray());
        await ExchangeSettingsAsync();
    }

    /// <summary>Expects the client's 24 bytes, then exchanges SETTINGS.</summary>
    /// <param name="settings">This side's settings, as id and value.</param>
    public async Task ConnectAsServerAsync(params (ushort Id, uint Value)[] settings)
    {
        await ExpectPrefaceAsync();
        await ExchangeSettingsAsync(settings);
    }

    /// <summary>Expects the client's 24 bytes.</summary>
    public async Task ExpectPrefaceAsync()
    {
        byte[] preface = await ReceiveExactlyAsync(ConnectionPreface.Length);
        if (!preface.AsSpan().SequenceEqual(ConnectionPreface.Client))
        {
            throw new DialogueException("the client preface is wrong");
        }
    }

    /// <summary>Sends SETTINGS, expects the other side's, and acknowledges them.</summary>
    /// <param name="settings">This side's settings, as id and value.</param>
    public async Task ExchangeSettingsAsync(params (ushort Id, uint Value)[] settings)
    {
        await SendSettingsAsync(settings);
        await ExpectAsync(FrameKind.Settings);
        await SendFrameAsync(FrameKind.Settings, flags: 0x1, stream: 0);
        while (await ExpectAsync(FrameKind.Settings, FrameKind.WindowUpdate) is { IsAck: false })
        {
            // A WINDOW_UPDATE for the connection may stand between.
        }
    }

    /// <summary>Sends SETTINGS.</summary>
    /// <param name="settings">Ids and values.</param>
    public Task SendSettingsAsync(params (ushort Id, uint Value)[] settings)
    {
        byte[] payload = new byte[settings.Length * Setting.Size];
        for (int i = 0; i < settings.Length; i++)
        {
            new Setting((SettingId)settings[i].Id, settings[i].Value).Write(payload.AsSpan(i * Setting.Size));
        }

        return SendFrameAsync(FrameKind.Settings, flags: 0, stream: 0, payload);
    }

    /// <summary>Sends a whole header block in one HEADERS frame.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="endStream">END_STREAM.</param>
    /// <param name="fields">Names and values, pseudo fields first.</param>
    public Task SendHeadersAsync(int stream, bool endStream, params (string Name, string Value)[] fields) =>
        SendFrameAsync(FrameKind.Headers, (byte)(endStream ? 0x5 : 0x4), stream, Encode(fields));

    /// <summary>Sends a request that is complete but for its body.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="endStream">Whether there is no body.</param>
    /// <param name="more">Further fields.</param>
    public Task SendRequestAsync(int stream, bool endStream, params (string Name, string Value)[] more) =>
        SendHeadersAsync(stream, endStream, [(":method", "POST"), (":scheme", "http"), (":path", "/"), (":authority", "test"), .. more]);

    /// <summary>Sends a whole PUSH_PROMISE in one frame.</summary>
    /// <param name="stream">The stream with whose response the promise goes.</param>
    /// <param name="promised">The stream that is reserved.</param>
    /// <param name="fields">The promised request, pseudo fields first.</param>
    public Task SendPushPromiseAsync(int stream, int promised, params (string Name, string Value)[] fields) =>
        SendFrameAsync(FrameKind.PushPromise, 0x4, stream, [.. BigEndian((uint)promised), .. Encode(fields)]);

    /// <summary>Sends DATA.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="data">The data.</param>
    /// <param name="endStream">END_STREAM.</param>
    public Task SendDataAsync(int stream, byte[] data, bool endStream = false) =>
        SendFrameAsync(FrameKind.Data, (byte)(endStream ? 0x1 : 0), stream, data);

    /// <summary>Sends WINDOW_UPDATE.</summary>
    /// <param name="stream">The stream, or 0.</param>
    /// <param name="increment">Bytes.</param>
    public Task SendWindowUpdateAsync(int stream, uint increment) =>
        SendFrameAsync(FrameKind.WindowUpdate, flags: 0, stream, BigEndian(increment));

    /// <summary>Sends RST_STREAM.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="code">The code.</param>
    public Task SendRstStreamAsync(int stream, Http2ErrorCode code) =>
        SendFrameAsync(FrameKind.RstStream, flags: 0, stream, BigEndian((uint)code));

    /// <summary>Sends PRIORITY_UPDATE.</summary>
    /// <param name="prioritized">The stream that it is about.</param>
    /// <param name="value">The field value.</param>
    public Task SendPriorityUpdateAsync(int prioritized, string value) =>
        SendFrameAsync(FrameKind.PriorityUpdate, flags: 0, stream: 0, [.. BigEndian((uint)prioritized), .. Encoding.ASCII.GetBytes(value)]);

    /// <summary>Sends GOAWAY.</summary>
    /// <param name="lastStream">The last stream id.</param>
    /// <param name="code">The code.</param>
    /// <param name="debugData">Text.</param>
    public Task SendGoAwayAsync(int lastStream, Http2ErrorCode code, string debugData = "") =>
        SendFrameAsync(FrameKind.GoAway, flags: 0, stream: 0, [.. BigEndian((uint)lastStream), .. BigEndian((uint)code), .. Encoding.UTF8.GetBytes(debugData)]);

    /// <summary>Sends any frame.</summary>
    /// <param name="kind">The type.</param>
    /// <param name="flags">The flags.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="payload">The payload.</param>
    public Task SendFrameAsync(FrameKind kind, byte flags, int stream, params byte[] payload)
    {
        byte[] frame = new byte[FrameHeader.Size + payload.Length];
        new FrameHeader(payload.Length, (FrameType)(byte)kind, (FrameFlags)flags, new StreamId(stream)).Write(frame);
        payload.CopyTo(frame, FrameHeader.Size);
        return SendAsync(frame);
    }

    /// <summary>Sends bytes as they are.</summary>
    /// <param name="bytes">The bytes.</param>
    public async Task SendAsync(byte[] bytes) => await _link.SendAsync(new ReadOnlySequence<byte>(bytes), CancellationToken.None);

    /// <summary>Compresses a header block with the state of this connection.</summary>
    /// <param name="fields">Names and values.</param>
    public byte[] Encode(params (string Name, string Value)[] fields)
    {
        _encoder.BeginBlock();
        foreach ((string name, string value) in fields)
        {
            _encoder.Write(Encoding.Latin1.GetBytes(name), Encoding.Latin1.GetBytes(value), Indexing.Incremental);
        }

        return _encoder.EndBlock().ToArray();
    }

    /// <summary>Decodes the header block of a received HEADERS or PUSH_PROMISE frame.</summary>
    /// <param name="frame">The frame; END_HEADERS is expected on it.</param>
    public IReadOnlyList<(string Name, string Value)> Decode(PeerFrame frame)
    {
        var buffer = new FieldBuffer();
        _decoder.BeginBlock();
        int start = frame.Kind == FrameKind.PushPromise ? PushPromiseFrame.MinLength : 0;
        Http2Error error = _decoder.Decode(frame.Payload.AsSpan(start), endOfBlock: true, buffer);
        if (!error.IsNone)
        {
            throw new DialogueException($"the header block cannot be decoded: {error}");
        }

        var fields = new List<(string, string)>();
        foreach (Field field in new FieldBlock(buffer))
        {
            fields.Add((Encoding.Latin1.GetString(field.Name), Encoding.Latin1.GetString(field.Value)));
        }

        return fields;
    }

    /// <summary>Waits for the next frame.</summary>
    public async Task<PeerFrame> ReceiveAsync()
    {
        FrameHeader header = FrameHeader.Read(await ReceiveExactlyAsync(FrameHeader.Size));
        return new PeerFrame((FrameKind)(byte)header.Type, (byte)header.Flags, header.StreamId.Value, await ReceiveExactlyAsync(header.Length));
    }

    /// <summary>Waits for a frame of one of these types; any other is a failure.</summary>
    /// <param name="kinds">The types.</param>
    public async Task<PeerFrame> ExpectAsync(params FrameKind[] kinds)
    {
        PeerFrame frame = await ReceiveAsync();
        return kinds.Contains(frame.Kind) ? frame : throw new DialogueException($"expected {string.Join(" or ", kinds)}, got {frame}");
    }

    /// <summary>Sends a PING and takes everything that comes before its answer: what the other side had to say up to now.</summary>
    public async Task<IReadOnlyList<PeerFrame>> DrainAsync()
    {
        byte[] opaque = "drained!"u8.ToArray();
        await SendFrameAsync(FrameKind.Ping, flags: 0, stream: 0, opaque);
        List<PeerFrame> frames = [];
        while (await ReceiveAsync() is var frame && !(frame is { Kind: FrameKind.Ping, IsAck: true } && frame.Payload.AsSpan().SequenceEqual(opaque)))
        {
            frames.Add(frame);
        }

        return frames;
    }

    /// <summary>Waits for RST_STREAM, passing over WINDOW_UPDATE.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="code">The code.</param>
    public async Task ExpectRstStreamAsync(int stream, Http2ErrorCode code)
    {
        PeerFrame frame = await SkipWindowUpdatesAsync();
        if (frame.Kind != FrameKind.RstStream || frame.Stream != stream || frame.ErrorCode(0) != code)
        {
            throw new DialogueException($"expected RST_STREAM {code} on stream {stream}, got {frame}");
        }
    }

    /// <summary>Waits for GOAWAY, passing over WINDOW_UPDATE.</summary>
    /// <param name="code">The code.</param>
    public async Task<PeerFrame> ExpectGoAwayAsync(Http2ErrorCode code)
    {
        PeerFrame frame = await SkipWindowUpdatesAsync();
        return frame.Kind == FrameKind.GoAway && frame.ErrorCode(4) == code
            ? frame
            : throw new DialogueException($"expected GOAWAY {code}, got {frame}");
    }

    /// <summary>Waits for the end of the link.</summary>
    public async Task ExpectCloseAsync()
    {
        byte[] one = new byte[1];
        try
        {
            int count = await _link.ReceiveAsync(one, CancellationToken.None).AsTask().WaitAsync(Patience);
            if (count > 0 || _received.Length > 0)
            {
                throw new DialogueException("expected the end of the link, got bytes");
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Torn down is an end as well.
        }
    }

    /// <summary>Receives bytes, whatever they mean, until the other side has closed.</summary>
    public async Task<byte[]> ReceiveToEndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        byte[] room = new byte[4096];
        while (await _link.ReceiveAsync(room, patience.Token) is var count and > 0)
        {
            _received = [.. _received, .. room.AsSpan(0, count)];
        }

        return _received;
    }

    /// <summary>Closes this end.</summary>
    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private static byte[] BigEndian(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private async Task<PeerFrame> SkipWindowUpdatesAsync()
    {
        PeerFrame frame = await ReceiveAsync();
        while (frame.Kind == FrameKind.WindowUpdate)
        {
            frame = await ReceiveAsync();
        }

        return frame;
    }

    private async Task<byte[]> ReceiveExactlyAsync(int count)
    {
        byte[] buffer = new byte[16 * 1024];
        while (_received.Length < count)
        {
            int received = await _link.ReceiveAsync(buffer, CancellationToken.None).AsTask().WaitAsync(Patience);
            if (received == 0)
            {
                throw new DialogueException("the link ended where a frame was expected");
            }

            _received = [.. _received, .. buffer.AsSpan(0, received)];
        }

        byte[] result = _received[..count];
        _received = _received[count..];
        return result;
    }
}

/// <summary>The frame types by number, for tests.</summary>
public enum FrameKind
{
    /// <summary>DATA</summary>
    Data = 0x0,

    /// <summary>HEADERS</summary>
    Headers = 0x1,

    /// <summary>PRIORITY</summary>
    Priority = 0x2,

    /// <summary>RST_STREAM</summary>
    RstStream = 0x3,

    /// <summary>SETTINGS</summary>
    Settings = 0x4,

    /// <summary>PUSH_PROMISE</summary>
    PushPromise = 0x5,

    /// <summary>PING</summary>
    Ping = 0x6,

    /// <summary>GOAWAY</summary>
    GoAway = 0x7,

    /// <summary>WINDOW_UPDATE</summary>
    WindowUpdate = 0x8,

    /// <summary>CONTINUATION</summary>
    Continuation = 0x9,

    /// <summary>PRIORITY_UPDATE</summary>
    PriorityUpdate = 0x10,

    /// <summary>A type that nobody defines.</summary>
    Unknown = 0x77,
}

/// <summary>A frame as it came.</summary>
/// <param name="Kind">The type.</param>
/// <param name="Flags">The flags.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Payload">The payload.</param>
public sealed record PeerFrame(FrameKind Kind, byte Flags, int Stream, byte[] Payload)
{
    /// <summary>The ACK flag of SETTINGS and PING.</summary>
    public bool IsAck => (Flags & 0x1) != 0;

    /// <summary>The END_STREAM flag of DATA and HEADERS.</summary>
    public bool IsEndStream => (Flags & 0x1) != 0;

    /// <summary>The four bytes at an offset, as an error code.</summary>
    /// <param name="offset">The offset.</param>
    public Http2ErrorCode ErrorCode(int offset) => (Http2ErrorCode)Number(offset);

    /// <summary>The four bytes at an offset, as a number.</summary>
    /// <param name="offset">The offset.</param>
    public uint Number(int offset) => BinaryPrimitives.ReadUInt32BigEndian(Payload.AsSpan(offset));

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        FrameKind.RstStream => $"{Kind} {ErrorCode(0)} on stream {Stream}",
        FrameKind.GoAway => $"{Kind} {ErrorCode(4)} '{Encoding.UTF8.GetString(Payload.AsSpan(8))}'",
        _ => $"{Kind} flags 0x{Flags:x2} on stream {Stream}, {Payload.Length} bytes",
    };
}

/// <summary>The other side did not do what the dialogue expects.</summary>
public sealed class DialogueException : Exception
{
    /// <summary>Says what was expected and what came.</summary>
    /// <param name="message">The message.</param>
    public DialogueException(string message)
        : base(message)
    {
    }
}
