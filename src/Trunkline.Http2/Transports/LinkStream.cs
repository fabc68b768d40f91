using System.Buffers;

namespace Trunkline.Http2.Transports;

/// <summary>Shows a link as a stream, for what knows streams only, such as TLS. Asynchronous only.</summary>
internal sealed class LinkStream(Link link) : Stream
{
    private bool _isClosed;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException("A link has no length.");

    public override long Position
    {
        get => throw new NotSupportedException("A link has no position.");
        set => throw new NotSupportedException("A link has no position.");
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        link.ReceiveAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        link.SendAsync(new ReadOnlySequence<byte>(buffer), cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        _isClosed = true;
        await link.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    public override void Flush()
    {
        // Nothing is kept back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A link is read asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A link is written asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A link cannot seek.");

    public override void SetLength(long value) => throw new NotSupportedException("A link has no length.");

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isClosed)
        {
            _isClosed = true;
            link.Abort(reason: null);
        }

        base.Dispose(disposing);
    }
}
