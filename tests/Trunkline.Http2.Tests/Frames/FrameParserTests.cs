using FsCheck;
using FsCheck.Fluent;
using Trunkline.Http2.Frames;

namespace Trunkline.Http2.Tests.Frames;

public class FrameParserTests
{
    [Fact]
    public void Header_EveryPrefix_IsReadOnlyOnceWhole() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            bool isThere = FrameHeader.TryRead(bytes, out FrameHeader header);
            Assert.Equal(bytes.Length >= FrameHeader.Size, isThere);
            Assert.True(!isThere || header.StreamId.Value >= 0);
            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Header_WrittenAndRead_IsTheSame() =>
        Prop.ForAll<int, byte, byte>((number, type, flags) =>
        {
            Span<byte> bytes = stackalloc byte[FrameHeader.Size];
            var header = new FrameHeader(number & FrameHeader.LargestLength, (FrameType)type, (FrameFlags)flags, new StreamId(number & int.MaxValue));
            header.Write(bytes);
            Assert.Equal(header, FrameHeader.Read(bytes));
            bytes[5] |= 0x80;
            Assert.Equal(header, FrameHeader.Read(bytes));
            return true;
        }).QuickCheckThrowOnFailure();

    // Whatever the rules let through, no parser reads outside the payload, and each says what the bytes say.
    [Fact]
    public void Payload_AnyBytesThatTheRulesAllow_ParseWithoutException() =>
        Prop.ForAll<byte, byte, byte[]>((type, flags, payload) =>
        {
            foreach (int stream in (int[])[0, 1])
            {
                var header = new FrameHeader(payload.Length, (FrameType)(type % 10), (FrameFlags)flags, new StreamId(stream));
                if (FrameRules.Check(header, FrameHeader.DefaultMaxLength, header.Type == FrameType.Continuation ? new StreamId(1) : default).IsNone)
                {
                    Parse(header, payload);
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData((byte)FrameFlags.None, "02aabb0000", "02aabb0000")]
    [InlineData((byte)FrameFlags.Padded, "02aabb0000", "aabb")]
    [InlineData((byte)FrameFlags.Padded, "03000000", "")]
    [InlineData((byte)FrameFlags.Padded, "00aa", "aa")]
    public void DATA_Received_PaddedOrNot_YieldsTheMiddle(byte flags, string hex, string data)
    {
        byte[] payload = Convert.FromHexString(hex);
        Assert.True(DataFrame.Parse(new FrameHeader(payload.Length, FrameType.Data, (FrameFlags)flags, new StreamId(1)), payload, out DataFrame frame).IsNone);
        Assert.Equal(data, Convert.ToHexStringLower(payload.AsSpan(frame.Start, frame.Length)));
    }

    [Theory]
    [InlineData((byte)FrameType.Data, "01", Http2ErrorCode.ProtocolError)]
    [InlineData((byte)FrameType.Data, "05aabbccdd", Http2ErrorCode.ProtocolError)]
    [InlineData((byte)FrameType.Data, "", Http2ErrorCode.FrameSizeError)]
    [InlineData((byte)FrameType.Headers, "02aa", Http2ErrorCode.ProtocolError)]
    [InlineData((byte)FrameType.Headers, "", Http2ErrorCode.FrameSizeError)]
    [InlineData((byte)FrameType.PushPromise, "0600000002", Http2ErrorCode.ProtocolError)]
    [InlineData((byte)FrameType.PushPromise, "0100000002", Http2ErrorCode.ProtocolError)]
    public void Frame_Received_PaddingLongerThanThePayload_ConnectionError(byte type, string hex, Http2ErrorCode code)
    {
        byte[] payload = Convert.FromHexString(hex);
        var header = new FrameHeader(payload.Length, (FrameType)type, FrameFlags.Padded, new StreamId(1));
        Http2Error error = Parse(header, payload);
        Assert.Equal((ErrorScope.Connection, code), (error.Scope, error.Code));
    }

    [Theory]
    [InlineData((byte)FrameFlags.Priority, "0000", Http2ErrorCode.FrameSizeError)]
    [InlineData((byte)(FrameFlags.Priority | FrameFlags.Padded), "0200000000ff00", Http2ErrorCode.ProtocolError)]
    public void HEADERS_Received_PriorityDoesNotFit_ConnectionError(byte flags, string hex, Http2ErrorCode code)
    {
        byte[] payload = Convert.FromHexString(hex);
        Http2Error error = Parse(new FrameHeader(payload.Length, FrameType.Headers, (FrameFlags)flags, new StreamId(1)), payload);
        Assert.Equal((ErrorScope.Connection, code), (error.Scope, error.Code));
    }

    [Fact]
    public void HEADERS_Received_PaddedWithPriority_YieldsAllParts()
    {
        byte[] payload = Convert.FromHexString("02" + "80000003" + "ff" + "828684" + "0000");
        var header = new FrameHeader(payload.Length, FrameType.Headers, FrameFlags.Padded | FrameFlags.Priority | FrameFlags.EndHeaders, new StreamId(5));
        Assert.True(HeadersFrame.Parse(header, payload, out HeadersFrame frame).IsNone);
        Assert.Equal("828684", Convert.ToHexStringLower(frame.Fragment));
        Assert.Equal(new PriorityFields(new StreamId(3), IsExclusive: true, Weight: 256), frame.Priority);
        Assert.True(frame.Priority!.Value.Check(new StreamId(5)).IsNone);
    }

    [Fact]
    public void PRIORITY_Received_DependsOnItself_StreamProtocolError()
    {
        var header = new FrameHeader(5, FrameType.Priority, FrameFlags.None, new StreamId(3));
        Http2Error error = PriorityFrame.Parse(header, [0x80, 0, 0, 3, 15], out PriorityFields fields);
        Assert.Equal((ErrorScope.Stream, Http2ErrorCode.ProtocolError), (error.Scope, error.Code));
        Assert.Equal(16, fields.Weight);
    }

    [Theory]
    [InlineData(0, ErrorScope.Connection)]
    [InlineData(1, ErrorScope.Stream)]
    public void WINDOW_UPDATE_Received_ZeroIncrement_ProtocolErrorOfItsScope(int stream, ErrorScope scope)
    {
        var header = new FrameHeader(4, FrameType.WindowUpdate, FrameFlags.None, new StreamId(stream));
        Http2Error error = WindowUpdateFrame.Parse(header, [0x80, 0, 0, 0], out _);
        Assert.Equal((scope, Http2ErrorCode.ProtocolError), (error.Scope, error.Code));
    }

    [Fact]
    public void RST_STREAM_Received_UnknownCode_ReadsAsInternalError() =>
        Assert.Equal(Http2ErrorCode.InternalError, RstStreamFrame.Parse([0xff, 0, 0, 0]));

    [Fact]
    public void PUSH_PROMISE_Received_ReservedBitSet_IsIgnored()
    {
        byte[] payload = Convert.FromHexString("80000002" + "82");
        var header = new FrameHeader(payload.Length, FrameType.PushPromise, FrameFlags.EndHeaders, new StreamId(1));
        Assert.True(PushPromiseFrame.Parse(header, payload, out PushPromiseFrame frame).IsNone);
        Assert.Equal(2, frame.Promised.Value);
        Assert.Equal("82", Convert.ToHexStringLower(frame.Fragment));
    }

    [Theory]
    [InlineData((ushort)SettingId.EnablePush, 2u, false, Http2ErrorCode.ProtocolError)]
    [InlineData((ushort)SettingId.EnablePush, 1u, true, Http2ErrorCode.ProtocolError)]
    [InlineData((ushort)SettingId.InitialWindowSize, 0x8000_0000u, false, Http2ErrorCode.FlowControlError)]
    [InlineData((ushort)SettingId.MaxFrameSize, 16_383u, false, Http2ErrorCode.ProtocolError)]
    [InlineData((ushort)SettingId.MaxFrameSize, 16_777_216u, false, Http2ErrorCode.ProtocolError)]
    [InlineData((ushort)SettingId.EnableConnectProtocol, 2u, false, Http2ErrorCode.ProtocolError)]
    [InlineData((ushort)SettingId.NoRfc7540Priorities, 2u, false, Http2ErrorCode.ProtocolError)]
    public void SETTINGS_Received_IllegalValue_ConnectionError(ushort id, uint value, bool fromServer, Http2ErrorCode code)
    {
        Http2Error error = new Setting((SettingId)id, value).Check(fromServer);
        Assert.Equal((ErrorScope.Connection, code), (error.Scope, error.Code));
    }

    [Theory]
    [InlineData((ushort)SettingId.HeaderTableSize, uint.MaxValue)]
    [InlineData((ushort)SettingId.EnablePush, 0u)]
    [InlineData((ushort)SettingId.MaxConcurrentStreams, 0u)]
    [InlineData((ushort)SettingId.InitialWindowSize, 0x7fff_ffffu)]
    [InlineData((ushort)SettingId.MaxFrameSize, 16_384u)]
    [InlineData((ushort)SettingId.MaxFrameSize, 16_777_215u)]
    [InlineData((ushort)SettingId.MaxHeaderListSize, uint.MaxValue)]
    [InlineData((ushort)0xfe03, 77u)]
    public void SETTINGS_Received_LegalOrUnknownValue_IsAccepted(ushort id, uint value) => Assert.True(new Setting((SettingId)id, value).Check(fromServer: true).IsNone);

    private static Http2Error Parse(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        switch (header.Type)
        {
            case FrameType.Data:
                Http2Error error = DataFrame.Parse(header, payload, out DataFrame data);
                _ = payload.Slice(data.Start, data.Length);
                return error;
            case FrameType.Headers:
                return HeadersFrame.Parse(header, payload, out _);
            case FrameType.Priority:
                return PriorityFrame.Parse(header, payload, out _);
            case FrameType.RstStream:
                _ = RstStreamFrame.Parse(payload);
                return Http2Error.None;
            case FrameType.Settings:
                return ParseSettings(new SettingsFrame(payload));
            case FrameType.PushPromise:
                return PushPromiseFrame.Parse(header, payload, out _);
            case FrameType.Ping:
                _ = PingFrame.Parse(payload);
                return Http2Error.None;
            case FrameType.GoAway:
                _ = GoAwayFrame.Parse(payload);
                return Http2Error.None;
            case FrameType.WindowUpdate:
                return WindowUpdateFrame.Parse(header, payload, out _);
            default:
                _ = ContinuationFrame.Parse(payload);
                return Http2Error.None;
        }
    }

    private static Http2Error ParseSettings(SettingsFrame settings)
    {
        for (int i = 0; i < settings.Count; i++)
        {
            if (settings[i].Check(fromServer: false) is { IsNone: false } error)
            {
                return error;
            }
        }

        return Http2Error.None;
    }
}
