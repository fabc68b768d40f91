using Trunkline.Harness;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>What a server connection answers, frame by frame. Names: FRAME_Received_Condition_Outcome.</summary>
public class ServerDialogueTests
{
    private static readonly PreparedFields Ok = Prepare((":status", "200"));
    private static readonly PreparedFields Done = Prepare(("grpc-status", "0"));

    [Fact]
    public async Task PREFACE_Received_ByteByByte_Connects()
    {
        await using ServerFixture fixture = ServerFixture.Create();
        Task start = fixture.Connection.StartAsync(CancellationToken.None);
        foreach (byte octet in "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray())
        {
            await fixture.Peer.SendAsync([octet]);
        }

        await fixture.Peer.ExchangeSettingsAsync();
        await start;
    }

    [Fact]
    public async Task PING_Received_BeforeSettings_ProtocolError()
    {
        await using ServerFixture fixture = ServerFixture.Create();
        Task start = fixture.Connection.StartAsync(CancellationToken.None);
        await fixture.Peer.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await fixture.Peer.SendFrameAsync(FrameKind.Ping, 0, 0, new byte[8]);
        await fixture.Peer.ExpectAsync(FrameKind.Settings);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
        await Assert.ThrowsAsync<Http2Exception>(() => start);
    }

    [Fact]
    public async Task HEADERS_Received_Request_AnsweredInOneWrite()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: true, ("x-one", "1"));
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        await stream.ExpectAsync("headers end");
        Assert.Contains(("x-one", "1"), stream.Fields);

        Assert.Equal(WriteOutcome.Sent, stream.Stream!.Write(new Outgoing { Headers = Ok, InlinePayload = new Payload("hello"), Trailers = Done }));

        PeerFrame headers = await fixture.Peer.ExpectAsync(FrameKind.Headers);
        Assert.Equal([(":status", "200")], fixture.Peer.Decode(headers));
        Assert.False(headers.IsEndStream);
        PeerFrame data = await fixture.Peer.ExpectAsync(FrameKind.Data);
        Assert.Equal("hello"u8.ToArray(), data.Payload);
        Assert.False(data.IsEndStream);
        PeerFrame trailers = await fixture.Peer.ExpectAsync(FrameKind.Headers);
        Assert.Equal([("grpc-status", "0")], fixture.Peer.Decode(trailers));
        Assert.True(trailers.IsEndStream);
        await stream.ExpectAsync("closed");
        Assert.Equal(0, fixture.Connection.OpenStreams);
    }

    [Fact]
    public async Task HEADERS_Received_InPieces_DecodedAsOneBlock()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        byte[] block = fixture.Peer.Encode((":method", "GET"), (":scheme", "http"), (":path", "/a"), ("x-long", new string('y', 300)));
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0x1, 1, block[..3]);
        await fixture.Peer.SendFrameAsync(FrameKind.Continuation, 0, 1, block[3..40]);
        await fixture.Peer.SendFrameAsync(FrameKind.Continuation, 0x4, 1, block[40..]);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        await stream.ExpectAsync("headers end");
        Assert.Equal(4, stream.Fields.Count);
    }

    [Fact]
    public async Task PING_Received_InsideHeaderBlock_ProtocolError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        byte[] block = fixture.Peer.Encode((":method", "GET"));
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0x1, 1, block);
        await fixture.Peer.SendFrameAsync(FrameKind.Ping, 0, 0, new byte[8]);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task HEADERS_Received_EvenId_ProtocolError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(2, endStream: true);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task HEADERS_Received_SkippedLowerId_ProtocolError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(5, endStream: true);
        await fixture.Peer.SendRequestAsync(3, endStream: true);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task HEADERS_Received_BelowTheLastPossibleId_ProtocolError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(int.MaxValue, endStream: true);
        await fixture.Peer.SendRequestAsync(int.MaxValue - 2, endStream: true);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task HEADERS_Received_OnHalfClosedRemote_StreamClosed()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.StreamClosed);
    }

    [Fact]
    public async Task DATA_Received_OnHalfClosedRemote_StreamClosed()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        await fixture.Peer.SendDataAsync(1, [1]);
        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.StreamClosed);
    }

    [Fact]
    public async Task DATA_Received_AfterBothEnded_ConnectionStreamClosed()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        stream.Stream!.Write(new Outgoing { Headers = Ok, EndStream = true });
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.SendDataAsync(1, [1]);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.StreamClosed);
    }

    [Fact]
    public async Task DATA_Received_AfterOurReset_Ignored()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        stream.Stream!.Reset(Http2ErrorCode.Cancel);
        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.Cancel);
        await fixture.Peer.SendDataAsync(1, new byte[100], endStream: true);
        await ExpectAliveAsync(fixture);
    }

    [Fact]
    public async Task HEADERS_Received_AfterPeersReset_StreamClosedOnce()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        await fixture.Peer.SendRstStreamAsync(1, Http2ErrorCode.Cancel);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        await stream.ExpectAsync("headers", "closed CANCEL");
        await fixture.Peer.SendDataAsync(1, [1]);
        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.StreamClosed);
        await fixture.Peer.SendDataAsync(1, [1]);
        await ExpectAliveAsync(fixture);
    }

    [Fact]
    public async Task DATA_Received_OnIdle_ProtocolError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendDataAsync(1, [1]);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Theory]
    [InlineData(FrameKind.RstStream)]
    [InlineData(FrameKind.WindowUpdate)]
    public async Task Frame_Received_OnIdle_ProtocolError(FrameKind kind)
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendFrameAsync(kind, 0, 1, 0, 0, 0, 8);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task HEADERS_Received_Malformed_ResetsAndKeepsTheRest()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendHeadersAsync(1, endStream: true, (":method", "GET"), (":scheme", "http"), (":path", "/"), ("Upper", "x"));
        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.ProtocolError);
        await fixture.Peer.SendRequestAsync(3, endStream: true);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        Assert.Equal(3, stream.Stream!.Id.Value);
    }

    [Fact]
    public async Task HEADERS_Received_SecondBlockWithoutEnd_ProtocolError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        await fixture.Peer.SendHeadersAsync(1, endStream: false, ("x", "y"));
        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.ProtocolError);
    }

    [Theory]
    [InlineData(3, "PROTOCOL_ERROR")]
    [InlineData(5, null)]
    public async Task DATA_Received_ContentLength_MustAgree(int sent, string? error)
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: false, ("content-length", "5"));
        await fixture.Peer.SendDataAsync(1, new byte[sent], endStream: true);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        await stream.ExpectAsync("headers", error is null ? "data 5 end" : $"closed {error}");
    }

    [Fact]
    public async Task HEADERS_Received_AboveListLimit_ResetsStreamOnly()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(new Http2Options { MaxHeaderListSize = 1000 });
        await fixture.Peer.SendRequestAsync(1, endStream: true, ("x", new string('a', 1000)));
        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.EnhanceYourCalm);
        await ExpectAliveAsync(fixture);
    }

    [Fact]
    public async Task HEADERS_Received_AboveStreamLimit_Refused()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(new Http2Options { MaxConcurrentStreams = 1 });
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        await fixture.Peer.SendRequestAsync(3, endStream: false);
        await fixture.Peer.ExpectRstStreamAsync(3, Http2ErrorCode.RefusedStream);
        await fixture.Peer.SendDataAsync(3, [1], endStream: true);
        await ExpectAliveAsync(fixture);
    }

    [Fact]
    public async Task HEADERS_Received_AsSoonAsTheLastStreamEnded_Accepted()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(new Http2Options { MaxConcurrentStreams = 1 });
        for (int id = 1; id < 400; id += 2)
        {
            await fixture.Peer.SendRequestAsync(id, endStream: true);
            RecordingStream stream = await fixture.Events.NextStreamAsync();
            stream.Stream!.Write(new Outgoing { Headers = Ok, EndStream = true });
            await fixture.Peer.ExpectAsync(FrameKind.Headers);
        }
    }

    [Fact]
    public async Task Write_ShortMessages_ShareAFrame()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(new Http2Options { OutputHighWaterMark = 1024 * 1024 });
        await fixture.Peer.SendSettingsAsync((4, 1_000_000));
        await fixture.Peer.ExpectAsync(FrameKind.Settings);
        await fixture.Peer.SendWindowUpdateAsync(0, 1_000_000);
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        stream.Stream!.Write(new Outgoing { Headers = Ok });
        for (int i = 0; i < 20_000; i++)
        {
            Assert.NotEqual(WriteOutcome.Closed, stream.Stream!.Write(new Outgoing { InlinePayload = new Payload("0123456789") }));
        }

        stream.Stream!.Write(new Outgoing { InlinePayload = new Payload("the end"), Trailers = Done });
        var text = new System.Text.StringBuilder();
        int frames = 0;
        PeerFrame frame = await fixture.Peer.ExpectAsync(FrameKind.Headers);
        while (!frame.IsEndStream)
        {
            frame = await fixture.Peer.ExpectAsync(FrameKind.Data, FrameKind.Headers);
            if (frame.Kind == FrameKind.Data)
            {
                Assert.InRange(frame.Payload.Length, 1, 16_384);
                text.Append(System.Text.Encoding.ASCII.GetString(frame.Payload));
                frames++;
            }
        }

        Assert.Equal(string.Concat(Enumerable.Repeat("0123456789", 20_000)) + "the end", text.ToString());
        Assert.True(frames < 20_000, "no two messages shared a frame");
    }

    [Fact]
    public async Task HEADERS_Received_UndecodableBlock_CompressionError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0x5, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.CompressionError);
    }

    [Fact]
    public async Task SETTINGS_Received_Acknowledged()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendSettingsAsync((3, 10), (0xABCD, 1));
        Assert.True((await fixture.Peer.ExpectAsync(FrameKind.Settings)).IsAck);
    }

    [Theory]
    [InlineData(2, 2u, Http2ErrorCode.ProtocolError)]
    [InlineData(4, 0x8000_0000u, Http2ErrorCode.FlowControlError)]
    [InlineData(5, 16_383u, Http2ErrorCode.ProtocolError)]
    [InlineData(5, 0x100_0000u, Http2ErrorCode.ProtocolError)]
    [InlineData(9, 1u, Http2ErrorCode.ProtocolError)]
    public async Task SETTINGS_Received_IllegalValue_EndsConnection(ushort id, uint value, Http2ErrorCode code)
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendSettingsAsync((id, value));
        await fixture.Peer.ExpectGoAwayAsync(code);
    }

    [Fact]
    public async Task SETTINGS_Received_NewWindow_MovesOpenStreams()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendSettingsAsync((4, 3));
        await fixture.Peer.ExpectAsync(FrameKind.Settings);
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        Assert.Equal(WriteOutcome.Waiting, stream.Stream!.Write(new Outgoing { Headers = Ok, InlinePayload = new Payload("hello"), Trailers = Done }));
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        Assert.Equal("hel"u8.ToArray(), (await fixture.Peer.ExpectAsync(FrameKind.Data)).Payload);

        // Lowered below what was sent the window is negative; raising it by less than the debt frees nothing (RFC 9113 6.9.2).
        await fixture.Peer.SendSettingsAsync((4, 0));
        await fixture.Peer.ExpectAsync(FrameKind.Settings);
        await fixture.Peer.SendWindowUpdateAsync(1, 3);
        await ExpectAliveAsync(fixture);
        await fixture.Peer.SendSettingsAsync((4, 1));
        PeerFrame[] frames = [await fixture.Peer.ReceiveAsync(), await fixture.Peer.ReceiveAsync()];
        Assert.Contains(frames, frame => frame.Kind == FrameKind.Data && frame.Payload.SequenceEqual("l"u8.ToArray()));
        await fixture.Peer.SendWindowUpdateAsync(1, 100);
        Assert.Equal("o"u8.ToArray(), (await fixture.Peer.ExpectAsync(FrameKind.Data)).Payload);
        Assert.True((await fixture.Peer.ExpectAsync(FrameKind.Headers)).IsEndStream);
        await stream.ExpectAsync("headers end", "closed");
    }

    [Fact]
    public async Task SETTINGS_Received_WindowsOverflow_FlowControlError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        await fixture.Peer.SendWindowUpdateAsync(1, int.MaxValue - 65_535);
        await fixture.Peer.SendSettingsAsync((4, 65_536));
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.FlowControlError);
    }

    [Fact]
    public async Task SETTINGS_Received_SmallTable_EncoderFollows()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendSettingsAsync((1, 0));
        await fixture.Peer.ExpectAsync(FrameKind.Settings);
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        stream.Stream!.Write(new Outgoing { Headers = Prepare((":status", "200"), ("x-index-me", "please")), EndStream = true });
        PeerFrame headers = await fixture.Peer.ExpectAsync(FrameKind.Headers);
        Assert.Equal(0x20, headers.Payload[0]);
        Assert.Equal(2, fixture.Peer.Decode(headers).Count);
    }

    [Fact]
    public async Task PING_Received_Echoed()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendFrameAsync(FrameKind.Ping, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        PeerFrame ping = await fixture.Peer.ExpectAsync(FrameKind.Ping);
        Assert.True(ping.IsAck);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], ping.Payload);
    }

    [Fact]
    public async Task UNKNOWN_Received_Ignored()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendFrameAsync(FrameKind.Unknown, 0xFF, 77, 1, 2, 3);
        await ExpectAliveAsync(fixture);
    }

    [Fact]
    public async Task PUSH_PROMISE_Received_ProtocolError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        await fixture.Peer.SendFrameAsync(FrameKind.PushPromise, 0x4, 1, 0, 0, 0, 2);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task PRIORITY_Received_SelfDependent_ProtocolError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        await fixture.Peer.SendFrameAsync(FrameKind.Priority, 0, 1, 0, 0, 0, 1, 10);
        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task PRIORITY_Received_WrongLength_FrameSizeError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        await fixture.Peer.SendFrameAsync(FrameKind.Priority, 0, 1, 0, 0, 0, 3);
        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.FrameSizeError);
    }

    [Theory]
    [InlineData(0, Http2ErrorCode.ProtocolError)]
    [InlineData(int.MaxValue, Http2ErrorCode.FlowControlError)]
    public async Task WINDOW_UPDATE_Received_OnConnection_IllegalIncrement_EndsConnection(int increment, Http2ErrorCode code)
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendWindowUpdateAsync(0, (uint)increment);
        await fixture.Peer.ExpectGoAwayAsync(code);
    }

    [Theory]
    [InlineData(0, Http2ErrorCode.ProtocolError)]
    [InlineData(int.MaxValue, Http2ErrorCode.FlowControlError)]
    public async Task WINDOW_UPDATE_Received_OnStream_IllegalIncrement_ResetsStream(int increment, Http2ErrorCode code)
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        await fixture.Peer.SendWindowUpdateAsync(1, (uint)increment);
        await fixture.Peer.ExpectRstStreamAsync(1, code);
        await ExpectAliveAsync(fixture);
    }

    [Fact]
    public async Task WINDOW_UPDATE_Received_ReleasesWaitingData_OneByteAtATime()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendSettingsAsync((4, 0));
        await fixture.Peer.ExpectAsync(FrameKind.Settings);
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        var data = new PooledBuffer();
        data.Write("abc"u8);
        Assert.Equal(WriteOutcome.Waiting, stream.Stream!.Write(new Outgoing { Headers = Ok, Data = data }));
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        foreach (byte expected in "abc"u8.ToArray())
        {
            await fixture.Peer.SendWindowUpdateAsync(1, 1);
            Assert.Equal([expected], (await fixture.Peer.ExpectAsync(FrameKind.Data)).Payload);
        }

        await stream.ExpectAsync("headers end", "writable");
        Assert.Equal(WriteOutcome.Sent, stream.Stream!.Write(new Outgoing { EndStream = true }));
        PeerFrame end = await fixture.Peer.ExpectAsync(FrameKind.Data);
        Assert.True(end.IsEndStream);
        Assert.Empty(end.Payload);
    }

    [Fact]
    public async Task DATA_Received_AboveStreamWindow_FlowControlError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(new Http2Options { InitialStreamWindow = 70_000, MaxStreamWindow = 0 });
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        for (int i = 0; i < 5; i++)
        {
            await fixture.Peer.SendDataAsync(1, new byte[15_000]);
        }

        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.FlowControlError);
    }

    [Fact]
    public async Task DATA_Received_Consumed_CreditComesBackAtAQuarterOfTheWindow()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(new Http2Options { InitialStreamWindow = 160_000, MaxStreamWindow = 0 });
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        for (int i = 0; i < 4; i++)
        {
            await fixture.Peer.SendDataAsync(1, new byte[10_000]);
        }

        await stream.ExpectAsync("headers", "data 10000", "data 10000", "data 10000", "data 10000");
        stream.Stream!.Consume(30_000);
        await ExpectAliveAsync(fixture);
        stream.Stream!.Consume(10_000);
        PeerFrame update = await fixture.Peer.ExpectAsync(FrameKind.WindowUpdate);
        Assert.Equal(1, update.Stream);
        Assert.Equal(40_000u, update.Number(0));
    }

    [Fact]
    public async Task DATA_Received_Padded_PaddingIsCreditedAtOnce()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(new Http2Options { InitialStreamWindow = 65_535, MaxStreamWindow = 0 });
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        for (int i = 0; i < 65; i++)
        {
            await fixture.Peer.SendFrameAsync(FrameKind.Data, 0x8, 1, [255, (byte)i, .. new byte[255]]);
            Assert.Equal(i == 0 ? "headers" : "data 1", await stream.NextAsync());
        }

        PeerFrame update = await fixture.Peer.ExpectAsync(FrameKind.WindowUpdate);
        Assert.Equal(1, update.Stream);
        Assert.InRange(update.Number(0), 16_384u, 16_700u);
    }

    [Fact]
    public async Task Write_EndBothSides_ResetsWithNoErrorBehindTrailers()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        stream.Stream!.Write(new Outgoing { Headers = Ok, InlinePayload = new Payload("x"), Trailers = Done, EndBothSides = true });
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.ExpectAsync(FrameKind.Data);
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.NoError);
        await stream.ExpectAsync("headers", "closed NO_ERROR");
    }

    [Fact]
    public async Task Write_AfterEnd_IsMisuse()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        stream.Stream!.Write(new Outgoing { Headers = Ok, EndStream = true });
        Assert.Throws<InvalidOperationException>(() => stream.Stream!.Write(new Outgoing { EndStream = true }));
    }

    [Fact]
    public async Task Write_AfterReset_SaysClosed()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        stream.Stream!.Reset(Http2ErrorCode.Cancel);
        Assert.Equal(WriteOutcome.Closed, stream.Stream!.Write(new Outgoing { Trailers = Done }));
        Assert.Equal(WriteOutcome.Closed, stream.Stream!.Write(new Outgoing { Trailers = Done }));
    }

    [Fact]
    public async Task Write_LargeData_InterleavesStreamsFairly()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(new Http2Options { OutputHighWaterMark = 1 });
        await fixture.Peer.SendSettingsAsync((4, 1_000_000));
        await fixture.Peer.ExpectAsync(FrameKind.Settings);
        await fixture.Peer.SendWindowUpdateAsync(0, 1_000_000);
        var streams = new List<RecordingStream>();
        foreach (int id in (int[])[1, 3])
        {
            await fixture.Peer.SendRequestAsync(id, endStream: true);
            streams.Add(await fixture.Events.NextStreamAsync());
        }

        foreach (RecordingStream stream in streams)
        {
            var data = new PooledBuffer();
            data.Write(new byte[160_000]);
            stream.Stream!.Write(new Outgoing { Headers = Ok, Data = data, EndStream = true });
        }

        var order = new List<int>();
        int ended = 0;
        long bytes = 0;
        while (ended < 2)
        {
            PeerFrame frame = await fixture.Peer.ReceiveAsync();
            if (frame.Kind == FrameKind.Data)
            {
                Assert.True(frame.Payload.Length <= 16_384);
                order.Add(frame.Stream);
                bytes += frame.Payload.Length;
                ended += frame.IsEndStream ? 1 : 0;
            }
        }

        Assert.Equal(320_000, bytes);
        int firstOfSecond = order.IndexOf(3);
        int turns = Enumerable.Range(firstOfSecond, order.Count - firstOfSecond - 1).Count(i => order[i] != order[i + 1]);
        Assert.True(turns >= 10, $"the streams took {turns} turns: {string.Join(' ', order)}");
    }

    [Fact]
    public async Task Link_Closed_EndsStreams()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        await stream.ExpectAsync("headers");
        await fixture.Peer.DisposeAsync();
        await stream.NextAsync();
        Assert.Equal(ErrorOrigin.Link, stream.CloseError.Origin);
        Assert.Equal(ErrorOrigin.Link, (await fixture.Connection.Closed).Origin);
        Assert.Equal(WriteOutcome.Closed, stream.Stream!.Write(new Outgoing { Headers = Ok, EndStream = true }));
    }

    private static async Task ExpectAliveAsync(ServerFixture fixture)
    {
        await fixture.Peer.SendFrameAsync(FrameKind.Ping, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9);
        Assert.True((await fixture.Peer.ExpectAsync(FrameKind.Ping)).IsAck);
    }

    private static PreparedFields Prepare(params (string Name, string Value)[] fields)
    {
        var section = new FieldSection();
        foreach ((string name, string value) in fields)
        {
            section.Add(name, value);
        }

        return new PreparedFields(section);
    }

    private sealed class Payload(string text) : IInlinePayload
    {
        public int Length => text.Length;

        public void WriteTo(Span<byte> destination) => System.Text.Encoding.ASCII.GetBytes(text, destination);
    }
}
