using System.Buffers;

namespace Trunkline.Http2.Tests.Transports;

/// <summary>What every link promises, whatever it is made of.</summary>
public class LinkTests
{
    [Theory]
    [InlineData(LinkKind.Tcp)]
    [InlineData(LinkKind.Unix)]
    [InlineData(LinkKind.AbstractUnix)]
    [InlineData(LinkKind.Tls)]
    [InlineData(LinkKind.TlsOverMemory)]
    [InlineData(LinkKind.Memory)]
    public async Task Send_ManyPieces_ArriveInOrderBothWays(LinkKind kind)
    {
        await using LinkPair pair = await LinkPair.ConnectAsync(kind);
        byte[] bytes = new byte[3 * 1024 * 1024];
        new Random(1).NextBytes(bytes);
        Task sending = SendInPiecesAsync(pair.Client, bytes);
        Task answering = SendInPiecesAsync(pair.Server, bytes);
        byte[][] received = await Task.WhenAll(ReceiveAsync(pair.Server, bytes.Length), ReceiveAsync(pair.Client, bytes.Length));
        await Task.WhenAll(sending, answering);
        Assert.True(bytes.AsSpan().SequenceEqual(received[0]));
        Assert.True(bytes.AsSpan().SequenceEqual(received[1]));
    }

    [Theory]
    [InlineData(LinkKind.Tcp)]
    [InlineData(LinkKind.Unix)]
    [InlineData(LinkKind.Tls)]
    [InlineData(LinkKind.Memory)]
    public async Task Receive_EmptyBuffer_WaitsUntilBytesAreThere(LinkKind kind)
    {
        await using LinkPair pair = await LinkPair.ConnectAsync(kind);
        ValueTask<int> waiting = pair.Server.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await pair.Client.SendAsync(new ReadOnlySequence<byte>("abc"u8.ToArray()), CancellationToken.None);
        Assert.Equal(0, await waiting);
        Assert.Equal("abc"u8.ToArray(), await ReceiveAsync(pair.Server, 3));
    }

    [Theory]
    [InlineData(LinkKind.Tcp)]
    [InlineData(LinkKind.Unix)]
    [InlineData(LinkKind.Tls)]
    [InlineData(LinkKind.Memory)]
    public async Task Dispose_AfterSend_DeliversThenEnds(LinkKind kind)
    {
        await using LinkPair pair = await LinkPair.ConnectAsync(kind);
        await pair.Client.SendAsync(new ReadOnlySequence<byte>("last"u8.ToArray()), CancellationToken.None);
        await pair.Client.DisposeAsync();
        Assert.Equal("last"u8.ToArray(), await ReceiveAsync(pair.Server, 4));
        Assert.Equal(0, await pair.Server.ReceiveAsync(new byte[16], CancellationToken.None));
    }

    [Theory]
    [InlineData(LinkKind.Tcp)]
    [InlineData(LinkKind.Unix)]
    [InlineData(LinkKind.Tls)]
    [InlineData(LinkKind.Memory)]
    public async Task Abort_WhileReceiving_EndsTheReceiveWithTheReason(LinkKind kind)
    {
        await using LinkPair pair = await LinkPair.ConnectAsync(kind);
        Task<int> waiting = pair.Server.ReceiveAsync(new byte[16], CancellationToken.None).AsTask();
        pair.Server.Abort(new InvalidOperationException("enough"));
        IOException thrown = await Assert.ThrowsAsync<IOException>(() => waiting);
        Assert.Contains("enough", thrown.Message, StringComparison.Ordinal);
        pair.Server.Abort(reason: null);
    }

    [Theory]
    [InlineData(LinkKind.Tcp)]
    [InlineData(LinkKind.Unix)]
    [InlineData(LinkKind.Tls)]
    [InlineData(LinkKind.Memory)]
    public async Task Send_PeerDoesNotRead_WaitsUntilAborted(LinkKind kind)
    {
        await using LinkPair pair = await LinkPair.ConnectAsync(kind);
        var bytes = new ReadOnlySequence<byte>(new byte[64 * 1024]);
        Task flooding = Task.Run(async () =>
        {
            while (true)
            {
                await pair.Client.SendAsync(bytes, CancellationToken.None);
            }
        });

        // The flood cannot end by itself; that it waits rather than buffers shows when the peer takes 1 MiB and it goes on.
        Assert.Equal(1024 * 1024, (await ReceiveAsync(pair.Server, 1024 * 1024)).Length);
        pair.Client.Abort(reason: null);
        await Assert.ThrowsAsync<IOException>(() => flooding);
    }

    [Fact]
    public async Task Send_MemoryLinkIsFull_WaitsForTheReader()
    {
        (MemoryLink first, MemoryLink second) = MemoryLink.CreatePair(capacity: 1000);
        Task sending = first.SendAsync(new ReadOnlySequence<byte>(new byte[1500]), CancellationToken.None).AsTask();
        Assert.False(sending.IsCompleted);
        await ReceiveAsync(second, 1500);
        await sending;
    }

    [Fact]
    public async Task Send_OtherEndIsDisposed_Throws()
    {
        (MemoryLink first, MemoryLink second) = MemoryLink.CreatePair();
        await second.DisposeAsync();
        await Assert.ThrowsAsync<IOException>(() => first.SendAsync(new ReadOnlySequence<byte>(new byte[1]), CancellationToken.None).AsTask());
    }

    internal static async Task<byte[]> ReceiveAsync(Link link, int count)
    {
        byte[] buffer = new byte[count];
        for (int received = 0; received < count;)
        {
            int more = await link.ReceiveAsync(buffer.AsMemory(received), CancellationToken.None);
            Assert.NotEqual(0, more);
            received += more;
        }

        return buffer;
    }

    // Pieces of all sizes, some empty, more than one gathered send takes at once.
    private static async Task SendInPiecesAsync(Link link, byte[] bytes)
    {
        var random = new Random(2);
        for (int sent = 0; sent < bytes.Length;)
        {
            var first = new Piece(bytes.AsMemory(sent, 0));
            Piece last = first;
            int count = random.Next(1, 200);
            for (int i = 0; i < count; i++)
            {
                int length = Math.Min(random.Next(0, i % 50 == 0 ? 20_000 : 300), bytes.Length - sent);
                last = last.Append(bytes.AsMemory(sent, length));
                sent += length;
            }

            await link.SendAsync(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length), CancellationToken.None);
        }
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
