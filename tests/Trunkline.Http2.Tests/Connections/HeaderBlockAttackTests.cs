using Trunkline.Harness;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>Header blocks that never end, unfold to much more than was sent, or keep the tables busy.</summary>
[Collection(MeasuredCollection.Name)]
public class HeaderBlockAttackTests
{
    private const long Bound = 2 * 1024 * 1024;

    // GET / over http, and a field with a value of 4,000 bytes that enters the dynamic table as its only entry, 62 (RFC 7541 6.2.1).
    private static readonly byte[] Bomb =
        [0x82, 0x86, 0x84, 0x40, 1, (byte)'x', 0x7F, 0xA1, 0x1E, .. Enumerable.Repeat((byte)'b', 4000)];

    private readonly Http2Options _options = new() { TimeProvider = new ManualTimeProvider() };

    /// <summary>CVE-2024-27316 and its siblings: the ninth CONTINUATION is one too many, however little they carry.</summary>
    [Fact]
    public async Task CONTINUATION_Received_Endless_EnhanceYourCalm()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(_options);
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0x1, 1, fixture.Peer.Encode((":method", "GET"), (":scheme", "http"), (":path", "/")));
        for (int i = 0; i < 9; i++)
        {
            await fixture.Peer.SendFrameAsync(FrameKind.Continuation, 0, 1, Literal("a", "b"));
        }

        Assert.Contains("MaxContinuations", await fixture.Peer.ExpectEndAsync(Http2ErrorCode.EnhanceYourCalm), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CONTINUATION_Received_EightThenTheEnd_Taken()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(_options);
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0x1, 1, fixture.Peer.Encode((":method", "GET"), (":scheme", "http"), (":path", "/")));
        for (int i = 1; i <= 8; i++)
        {
            await fixture.Peer.SendFrameAsync(FrameKind.Continuation, (byte)(i == 8 ? 0x4 : 0), 1, Literal("a", "b"));
        }

        RecordingStream stream = await fixture.Events.NextStreamAsync();
        await stream.ExpectAsync("headers end");
        Assert.Equal(11, stream.Fields.Count);
    }

    /// <summary>Frames as large as they may be: the list's hard limit ends it after 64 KiB, before the number of frames does.</summary>
    [Fact]
    public async Task CONTINUATION_Received_LargeAndEndless_EndsFourTimesAboveTheListLimit()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(_options);
        byte[] field = Literal("a", new string('b', 100));
        byte[] fragment = [.. Enumerable.Repeat(field, 16_384 / field.Length).SelectMany(bytes => bytes)];
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0x1, 1, fragment);
        int sent = await Dialogue.UntilClosedAsync(() => fixture.Peer.SendFrameAsync(FrameKind.Continuation, 0, 1, fragment), 9);
        await fixture.Peer.ExpectEndAsync(Http2ErrorCode.EnhanceYourCalm);
        Assert.InRange(sent, 3, 9);
    }

    /// <summary>One entry of the dynamic table, named again and again by one byte each: 16 KiB would unfold to 64 MiB.</summary>
    [Fact]
    public async Task HEADERS_Received_HpackBomb_StopsAtTheListLimit()
    {
        await using AttackFixture fixture = await AttackFixture.ConnectAsync(new WorkingServer { EndsOnClose = true }, _options);
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0x5, 1, Bomb);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        byte[] bomb = [.. Enumerable.Repeat((byte)0xBE, 16_384)];
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0x5, 3, bomb);
        await fixture.Peer.ExpectEndAsync(Http2ErrorCode.EnhanceYourCalm);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Bound);
    }

    /// <summary>Smaller bombs cost their stream only, and have a budget.</summary>
    [Fact]
    public async Task HEADERS_Received_ListsAboveTheLimit_EnhanceYourCalmAfterAThousand()
    {
        await using AttackFixture fixture = await AttackFixture.ConnectAsync(new WorkingServer { EndsOnClose = true }, _options);
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0x5, 1, Bomb);
        await fixture.Peer.ExpectAliveAsync();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        byte[] bomb = [0x82, 0x86, 0x84, 0xBE, 0xBE, 0xBE, 0xBE, 0xBE];
        for (int i = 0; i < 1000; i++)
        {
            await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0x5, 3 + (2 * i), bomb);
        }

        await fixture.Peer.ExpectAliveAsync();
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Bound);
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0x5, 3001, bomb);
        Assert.Contains("HeaderLists", await fixture.Peer.ExpectEndAsync(Http2ErrorCode.EnhanceYourCalm), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(253, true)]
    [InlineData(254, false)]
    public async Task HEADERS_Received_ManyFields_LimitIs256(int more, bool taken)
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(_options);
        byte[] block = fixture.Peer.Encode((":method", "GET"), (":scheme", "http"), (":path", "/"));
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0x5, 1, [.. block, .. Enumerable.Repeat(Literal("a", "b"), more - 1).SelectMany(bytes => bytes), .. Literal("c", "d")]);
        if (taken)
        {
            await (await fixture.Events.NextStreamAsync()).ExpectAsync("headers end");
        }
        else
        {
            await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.EnhanceYourCalm);
        }
    }

    /// <summary>The table shrunk to nothing and grown again with each block: legal, and costs neither memory nor more than the bytes that refill it.</summary>
    [Fact]
    public async Task HEADERS_Received_TableShrunkAndGrownEachTime_MemoryStaysFlat()
    {
        await using AttackFixture fixture = await AttackFixture.ConnectAsync(new WorkingServer { EndsOnClose = true }, _options);
        await fixture.Peer.ExpectAliveAsync();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 5000; i++)
        {
            // Sizes 0 and 4096, then a literal that enters the table, and an invalid request: nothing but tables is at work.
            await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0x5, 1 + (2 * i), [0x20, 0x3F, 0xE1, 0x1F, 0x82, 0x86, 0x84, 0x40, 1, (byte)'a', 1, (byte)('b' + (i % 20))]);
            if (i % 100 == 99)
            {
                await fixture.Peer.ExpectAliveAsync();
                foreach (Http2Stream stream in fixture.Handler.Streams)
                {
                    stream.Reset(Http2ErrorCode.Cancel);
                }

                fixture.Handler.EndAll();
            }
        }

        await fixture.Peer.ExpectAliveAsync();
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Bound);
    }

    [Fact]
    public async Task HEADERS_Received_ThreeTableSizes_CompressionError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(_options);
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0x5, 1, 0x20, 0x21, 0x20, 0x82, 0x86, 0x84);
        await fixture.Peer.ExpectEndAsync(Http2ErrorCode.CompressionError);
    }

    [Fact]
    public async Task HEADERS_Received_OverlongInteger_CompressionError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(_options);
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0x5, 1, [0xFF, .. Enumerable.Repeat((byte)0x80, 1000), 0x01]);
        await fixture.Peer.ExpectEndAsync(Http2ErrorCode.CompressionError);
    }

    // Literal without indexing, new name, no Huffman (RFC 7541 6.2.2).
    private static byte[] Literal(string name, string value) =>
        [0x00, (byte)name.Length, .. System.Text.Encoding.ASCII.GetBytes(name), (byte)value.Length, .. System.Text.Encoding.ASCII.GetBytes(value)];
}
