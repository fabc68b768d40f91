using FsCheck;
using FsCheck.Fluent;
using Trunkline.Http2.Frames;

namespace Trunkline.Http2.Tests.Frames;

public class FrameWriterTests
{
    private readonly byte[] _room = new byte[256];

    [Fact]
    public void EveryFrame_Written_HasTheBytesOfTheRfc()
    {
        var id = new StreamId(0x01020304);
        AssertWritten("000010" + "00" + "01" + "01020304", FrameWriter.WriteDataHeader(_room, id, 16, endStream: true));
        AssertWritten("000010" + "01" + "05" + "01020304", FrameWriter.WriteHeadersHeader(_room, id, 16, endStream: true, endHeaders: true));
        AssertWritten("000005" + "02" + "00" + "01020304" + "8000000aff", FrameWriter.WritePriority(_room, id, new PriorityFields(new StreamId(10), true, 256)));
        AssertWritten("000004" + "03" + "00" + "01020304" + "00000008", FrameWriter.WriteRstStream(_room, id, Http2ErrorCode.Cancel));
        AssertWritten(
            "00000c" + "04" + "00" + "00000000" + "000200000000" + "000400010000",
            FrameWriter.WriteSettings(_room, [new Setting(SettingId.EnablePush, 0), new Setting(SettingId.InitialWindowSize, 65_536)]));
        AssertWritten("000000" + "04" + "01" + "00000000", FrameWriter.WriteSettingsAck(_room));
        AssertWritten("000014" + "05" + "04" + "01020304" + "00000002", FrameWriter.WritePushPromiseHeader(_room, id, new StreamId(2), 16, endHeaders: true));
        AssertWritten("000008" + "06" + "01" + "00000000" + "0102030405060708", FrameWriter.WritePing(_room, 0x0102030405060708, ack: true));
        AssertWritten("00000a" + "07" + "00" + "00000000" + "01020304" + "0000000b" + "6869", FrameWriter.WriteGoAway(_room, id, Http2ErrorCode.EnhanceYourCalm, "hi"u8));
        AssertWritten("000004" + "08" + "00" + "00000000" + "7fffffff", FrameWriter.WriteWindowUpdate(_room, StreamId.Connection, int.MaxValue));
        AssertWritten("000009" + "10" + "00" + "00000000" + "01020304" + "753d312c69", FrameWriter.WritePriorityUpdate(_room, id, "u=1,i"u8));
        AssertWritten("000010" + "09" + "00" + "01020304", FrameWriter.WriteContinuationHeader(_room, id, 16, endHeaders: false));
    }

    [Fact]
    public void HeaderBlock_AnyLength_IsCutIntoLegalFramesThatJoinToTheSame() =>
        Prop.ForAll<byte[], byte>((block, cut) =>
        {
            int maxFrameSize = Math.Max((byte)1, cut);
            byte[] written = new byte[FrameWriter.HeaderBlockSize(block.Length, maxFrameSize)];
            Assert.Equal(written.Length, FrameWriter.WriteHeaderBlock(written, new StreamId(7), block, endStream: true, maxFrameSize));
            Assert.Equal(block, Join(written, maxFrameSize));
            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void PromiseBlock_AnyLength_IsCutIntoLegalFramesThatJoinToTheSame() =>
        Prop.ForAll<byte[], byte>((block, cut) =>
        {
            int maxFrameSize = Math.Max((byte)5, cut);
            byte[] written = new byte[FrameWriter.PromiseBlockSize(block.Length, maxFrameSize)];
            Assert.Equal(written.Length, FrameWriter.WritePromiseBlock(written, new StreamId(7), new StreamId(2), block, maxFrameSize));
            Assert.Equal([0, 0, 0, 2, .. block], Join(written, maxFrameSize));
            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Preface_IsThe24BytesOfTheRfc()
    {
        Assert.Equal(ConnectionPreface.Length, ConnectionPreface.Client.Length);
        Assert.Equal("505249202a20485454502f322e300d0a0d0a534d0d0a0d0a", Convert.ToHexStringLower(ConnectionPreface.Client));
    }

    // The payloads of a block's frames, of which each must be legal where it stands and the last one alone ends the block.
    private static List<byte> Join(ReadOnlySpan<byte> frames, int maxFrameSize)
    {
        var joined = new List<byte>();
        StreamId openBlock = default;
        for (ReadOnlySpan<byte> rest = frames; !rest.IsEmpty;)
        {
            FrameHeader header = FrameHeader.Read(rest);
            Assert.True(FrameRules.Check(header, maxFrameSize, openBlock).IsNone);
            joined.AddRange(rest.Slice(FrameHeader.Size, header.Length));
            rest = rest[(FrameHeader.Size + header.Length)..];
            openBlock = header.IsEndHeaders ? default : header.StreamId;
            Assert.Equal(header.IsEndHeaders, rest.IsEmpty);
        }

        return joined;
    }

    private void AssertWritten(string hex, int written) => Assert.Equal(hex, Convert.ToHexStringLower(_room.AsSpan(0, written)));
}
