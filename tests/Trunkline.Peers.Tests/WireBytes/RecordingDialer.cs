using System.Buffers;
using Trunkline.Http2;

namespace Trunkline.Peers.Tests.WireBytes;

/// <summary>Dials like another and keeps every byte that its one link carries.</summary>
internal sealed class RecordingDialer(Dialer inner) : Dialer
{
    // RFC 9113 3.4: the client's preface is 24 bytes, then SETTINGS.
    private const int ConnectionPrefaceLength = 24;

    private readonly Recording _sent = new();
    private readonly Recording _received = new();

    public override string Target => inner.Target;

    /// <summary>What the client sent, as frames.</summary>
    public List<RecordedFrame> SentFrames() => RecordedFrame.Parse(_sent.ToArray().AsSpan(ConnectionPrefaceLength));

    /// <summary>What the server sent, as frames.</summary>
    public List<RecordedFrame> ReceivedFrames() => RecordedFrame.Parse(_received.ToArray());

    public override async ValueTask<Link> DialAsync(CancellationToken cancellationToken) =>
        new RecordingLink(await inner.DialAsync(cancellationToken), _sent, _received);

    private sealed class RecordingLink(Link inner, Recording sent, Recording received) : Link
    {
        public override LinkInfo Info => inner.Info;

        public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            int count = await inner.ReceiveAsync(buffer, cancellationToken);
            received.Add(buffer.Span[..count]);
            return count;
        }

        public override ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
        {
            sent.Add(bytes.ToArray());
            return inner.SendAsync(bytes, cancellationToken);
        }

        public override void Abort(Exception? reason) => inner.Abort(reason);

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}

/// <summary>Bytes of one direction; written by the connection and read by the test.</summary>
internal sealed class Recording
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_bytes)
        {
            _bytes.Write(bytes);
        }
    }

    public byte[] ToArray()
    {
        lock (_bytes)
        {
            return _bytes.WrittenSpan.ToArray();
        }
    }
}
