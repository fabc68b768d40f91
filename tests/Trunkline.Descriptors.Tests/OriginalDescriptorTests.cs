namespace Trunkline.Descriptors.Tests;

public class OriginalDescriptorTests
{
    private static readonly byte[] Original = new FileDescriptorProto { Name = "a.proto", Syntax = "editions", Edition = Edition.Edition2024 }.ToByteArray();

    [Fact]
    public void Attached_IsFound()
    {
        var lowered = new FileDescriptorProto { Name = "a.proto", UnknownFields = new byte[] { 0xA0, 0x06, 0x07 } };
        OriginalDescriptor.Attach(lowered, Original);
        var embedded = lowered.ToByteArray();
        Assert.Equal(Original, OriginalDescriptor.Find(embedded).ToArray());
        Assert.Equal([0xA0, 0x06, 0x07], FileDescriptorProto.Read(embedded).UnknownFields[..3].ToArray());
    }

    [Fact]
    public void WithoutOne_TheDescriptorIsItsOwnOriginal() => Assert.Equal(Original, OriginalDescriptor.Find(Original).ToArray());

    [Fact]
    public void BrokenBytes_AreRefused() => Assert.Throws<DescriptorFormatException>(() => OriginalDescriptor.Find(new byte[] { 0x0A, 0x05, 0x41 }));
}
