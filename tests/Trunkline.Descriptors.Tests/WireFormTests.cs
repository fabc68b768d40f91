using System.Buffers;

namespace Trunkline.Descriptors.Tests;

public class WireFormTests
{
    [Fact]
    public void Field_SetToItsDefault_IsWritten()
    {
        var method = new MethodDescriptorProto { Name = "", ClientStreaming = false, Options = new MethodOptions() };
        Assert.Equal([0x0A, 0x00, 0x22, 0x00, 0x28, 0x00], method.ToByteArray());
        var read = MethodDescriptorProto.Read(method.ToByteArray());
        Assert.Equal("", read.Name);
        Assert.Equal(false, read.ClientStreaming);
        Assert.Null(read.ServerStreaming);
        Assert.NotNull(read.Options);
    }

    [Fact]
    public void Write_GivesTheSameBytesAsToByteArray()
    {
        var file = new FileDescriptorProto { Name = "a.proto", Edition = Edition.Edition2023, MessageTypes = { new DescriptorProto { Name = "A" } } };
        var output = new ArrayBufferWriter<byte>();
        file.Write(output);
        Assert.Equal(file.ToByteArray(), output.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(2_097_152)]
    public void NestedMessage_OfAnyLength_KeepsItsContent(int length)
    {
        var text = new string('x', length);
        var file = new FileDescriptorProto { MessageTypes = { new DescriptorProto { Name = text }, new DescriptorProto { Name = "next" } } };
        var read = FileDescriptorProto.Read(file.ToByteArray());
        Assert.Equal(text, read.MessageTypes[0].Name);
        Assert.Equal("next", read.MessageTypes[1].Name);
    }

    [Fact]
    public void SingleMessage_ReadTwice_Merges()
    {
        // Field 7 (options) twice: deprecated, then map_entry.
        var read = DescriptorProto.Read([0x3A, 0x02, 0x18, 0x01, 0x3A, 0x02, 0x38, 0x01]);
        Assert.Equal(true, read.Options!.Deprecated);
        Assert.Equal(true, read.Options.MapEntry);
    }

    [Fact]
    public void UnknownFields_OfEveryWireType_AreKeptInOrder()
    {
        // Field 100 as varint, fixed 64, bytes, group with a varint inside, fixed 32; a known name between them.
        byte[] before = [0xA0, 0x06, 0x01, 0xA1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8, 0xA2, 0x06, 0x01, 0x7A];
        byte[] after = [0xA3, 0x06, 0x08, 0x01, 0xA4, 0x06, 0xA5, 0x06, 1, 2, 3, 4];
        var read = OneofDescriptorProto.Read([.. before, 0x0A, 0x01, (byte)'n', .. after]);
        Assert.Equal("n", read.Name);
        Assert.Equal((byte[])[.. before, .. after], read.UnknownFields.ToArray());
        Assert.Equal((byte[])[0x0A, 0x01, (byte)'n', .. before, .. after], read.ToByteArray());
    }

    [Fact]
    public void KnownField_InAnotherWireType_IsKeptAsUnknown()
    {
        byte[] nameAsVarint = [0x08, 0x05];
        var read = OneofDescriptorProto.Read(nameAsVarint);
        Assert.Null(read.Name);
        Assert.Equal(nameAsVarint, read.ToByteArray());
    }

    [Fact]
    public void PackedAndUnpackedNumbers_ReadAlike()
    {
        var read = SourceLocation.Read([0x08, 0x04, 0x0A, 0x02, 0x05, 0x06]);
        Assert.Equal([4, 5, 6], read.Path);
        Assert.Equal([0x0A, 0x03, 0x04, 0x05, 0x06], read.ToByteArray());
    }

    [Theory]
    [InlineData(new byte[] { 0x22, 0x03, 0x0A, 0x05, 0x41 }, 3, "goes past the end")]
    [InlineData(new byte[] { 0x0A }, 1, "ends inside a number")]
    [InlineData(new byte[] { 0x0A, 0x01, 0xFF }, 1, "not valid UTF-8")]
    [InlineData(new byte[] { 0x00 }, 0, "no valid field number")]
    [InlineData(new byte[] { 0xA4, 0x06 }, 2, "wire type")]
    [InlineData(new byte[] { 0xA3, 0x06, 0x08, 0x01 }, 4, "inside a group")]
    [InlineData(new byte[] { 0xA0, 0x06, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, 2, "over ten bytes")]
    public void BrokenBytes_SayWhere(byte[] bytes, int offset, string problem)
    {
        var exception = Assert.Throws<DescriptorFormatException>(() => FileDescriptorProto.Read(bytes));
        Assert.Equal(offset, exception.Offset);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_NestedTooDeep_AreRejected()
    {
        var message = new DescriptorProto();
        for (var depth = 0; depth < 200; depth++)
        {
            message = new DescriptorProto { NestedTypes = { message } };
        }

        var bytes = message.ToByteArray();
        var exception = Assert.Throws<DescriptorFormatException>(() => DescriptorProto.Read(bytes));
        Assert.Contains("more than 100 deep", exception.Message, StringComparison.Ordinal);
    }
}
