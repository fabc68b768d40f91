using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Trunkline.Http2.Frames;
using Trunkline.Http2.Hpack;

namespace Trunkline.Http2.Diagnostics;

/// <summary>
/// Writes down every frame of a connection in words: direction, stream, flags, decoded fields, and what it does to states, windows and settings. A
/// means of finding errors: it is neither fast nor frugal, and it holds a lock while it writes. Values of credentials are left out.
/// </summary>
internal sealed class FrameTrace
{
    private static int _connections;

    private readonly Lock _lock = new();
    private readonly TextWriter _writer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _name;
    private readonly TracedConnection _connection = new();
    private readonly StringBuilder _text = new();
    private readonly Direction _sent;
    private readonly Direction _received;
    private bool _isOver;

    private FrameTrace(TextWriter writer, bool isServer, LinkInfo link, TimeProvider time, ILogger logger)
    {
        _writer = writer;
        _time = time;
        _logger = logger;
        _name = $"#{Interlocked.Increment(ref _connections)} {(isServer ? "server" : "client")}";
        _sent = new Direction(isSent: true, expectsPreface: !isServer);
        _received = new Direction(isSent: false, expectsPreface: isServer);
        Line($"** {link.LocalEndPoint} to {link.RemoteEndPoint}{(link.IsSecure ? $", {link.TlsProtocol} {link.TlsCipherSuite}" : ", without TLS")}");
        Flush();
    }

    /// <summary>Puts a trace around a link, if one is asked for by option or by environment.</summary>
    public static Link Wrap(Link link, bool isServer, TextWriter? option, TimeProvider time, ILogger logger)
    {
        TextWriter? writer = option ?? TraceDestination.FromEnvironment(logger);
        return writer is null ? link : new TracedLink(link, new FrameTrace(writer, isServer, link.Info, time, logger));
    }

    public void NoteReceived(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            Show(_received, bytes);
            Flush();
        }
    }

    public void NoteSent(in ReadOnlySequence<byte> bytes)
    {
        lock (_lock)
        {
            foreach (ReadOnlyMemory<byte> segment in bytes)
            {
                Show(_sent, segment.Span);
            }

            Flush();
        }
    }

    public void NoteEnd(string what)
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                _isOver = true;
                Line($"** {what}");
                Flush();
            }
        }
    }

    private void Show(Direction direction, ReadOnlySpan<byte> bytes)
    {
        direction.Cutter.Add(bytes);
        while (direction.Cutter.TryTake(out PieceKind kind, out FrameHeader header, out ReadOnlySpan<byte> content))
        {
            switch (kind)
            {
                case PieceKind.Preface:
                    Line($"{direction.Arrow} the client's preface");
                    break;
                case PieceKind.Foreign:
                    Line($"{direction.Arrow} {content.Length} bytes that are not HTTP/2: {FrameText.Printable(content)}");
                    break;
                default:
                    ShowFrame(direction, header, content);
                    break;
            }
        }
    }

    private void ShowFrame(Direction direction, in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        string where = header.StreamId.IsConnection ? "" : $" stream {header.StreamId}";
        string frame = $"{direction.Arrow} {header.Type.ToSpecName()}{where}, {header.Length} bytes{FrameText.Flags(header)}";
        Http2Error error = FrameRules.Check(header, FrameHeader.LargestLength, direction.OpenBlock);
        if (!error.IsNone)
        {
            Line($"{frame}; BROKEN: {error.Reason}");
            return;
        }

        Line(frame + FrameText.Content(header, payload) + FrameText.Effect(_connection, direction.IsSent, header, payload));
        ReadOnlySpan<byte> fragment = FrameText.Fragment(header, payload, out bool begins, out bool isBlock);
        if (isBlock)
        {
            direction.OpenBlock = header.IsEndHeaders ? StreamId.Connection : header.StreamId;
            direction.Decode(fragment, begins, header.IsEndHeaders, this);
        }
    }

    private void Line(string text)
    {
        string time = _time.GetUtcNow().ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        _text.Append(time).Append(' ').Append(_name).Append(' ').Append(text).Append('\n');
    }

    private void ShowField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, string how, bool isSecret) =>
        _text.Append("                  ").Append(FrameText.Printable(name)).Append(": ")
            .Append(isSecret ? $"({value.Length} bytes, not shown)" : FrameText.Printable(value)).Append(how).Append('\n');

    // A trace must never harm the connection that it shows.
    private void Flush()
    {
        try
        {
            _writer.Write(_text.ToString());
            _writer.Flush();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            ConnectionLog.TraceFailed(_logger, exception);
        }

        _text.Clear();
    }

    /// <summary>One direction: its bytes and the state of its header compression.</summary>
    private sealed class Direction(bool isSent, bool expectsPreface) : IFieldSink
    {
        // Shows more than any limit in force would let pass.
        private const int TableSize = 1024 * 1024;
        private const int ListSize = 16 * 1024 * 1024;

        private readonly HpackDecoder _decoder = new(TableSize, ListSize);
        private FrameTrace? _trace;
        private bool _isLost;

        public bool IsSent { get; } = isSent;

        /// <summary>The stream whose header block goes on; stream 0 when none does.</summary>
        public StreamId OpenBlock { get; set; }

        public string Arrow { get; } = isSent ? "->" : "<-";

        public FrameCutter Cutter { get; } = new(expectsPreface);

        public void Decode(ReadOnlySpan<byte> fragment, bool begins, bool ends, FrameTrace trace)
        {
            if (_isLost)
            {
                return;
            }

            _trace = trace;
            if (begins)
            {
                _decoder.BeginBlock();
            }

            Http2Error error = _decoder.Decode(fragment, ends, this);
            if (!error.IsNone)
            {
                _isLost = true;
                trace.Line($"{Arrow} header fields cannot be shown from here on: {error.Reason}");
            }
        }

        public void OnEntry(HpackEntry entry, bool isStatic) =>
            _trace!.ShowField(entry.Name, entry.Value, isStatic ? "  (static table)" : "  (table)", FrameText.IsSecret(entry.Name));

        public void OnLiteral(FieldName known, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool neverIndexed) =>
            _trace!.ShowField(name, value, neverIndexed ? "  (never indexed)" : "  (literal)", neverIndexed || FrameText.IsSecret(name));
    }
}
