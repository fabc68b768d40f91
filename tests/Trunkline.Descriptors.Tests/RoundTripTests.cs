using Trunkline.Harness.Peers;

namespace Trunkline.Descriptors.Tests;

public class RoundTripTests
{
    private static readonly string ProtoRoot = Path.Combine(AppContext.BaseDirectory, "Protos");

    [ProtocFact]
    public void DescriptorSet_OfProto2_IsWrittenAsRead() => AssertSameBytes("everything2.proto");

    [ProtocFact]
    public void DescriptorSet_OfEdition2024_IsWrittenAsRead() => AssertSameBytes("everything2024.proto");

    [ProtocFact]
    public void DescriptorSet_OfWellKnownTypes_IsWrittenAsRead()
    {
        var folder = Path.Combine(Protoc.IncludePath, "google", "protobuf");
        AssertSameBytes([.. Directory.GetFiles(folder, "*.proto").Select(file => $"google/protobuf/{Path.GetFileName(file)}")]);
    }

    [ProtocFact]
    public void CustomOptions_StayAsUnknownFields()
    {
        var file = FileDescriptorSet.Read(Protoc.DescriptorSet(ProtoRoot, "everything2.proto")).Files[^1];
        Assert.Equal("everything2.proto", file.Name);
        Assert.NotEqual(0, file.Options!.UnknownFields.Length);
        Assert.Equal(false, file.Options.JavaMultipleFiles);
        Assert.Equal(OptimizeMode.CodeSize, file.Options.OptimizeFor);
    }

    [ProtocFact]
    public void DescriptorSet_CutAnywhere_FailsOrIsShorter()
    {
        var bytes = Protoc.DescriptorSet(ProtoRoot, "everything2024.proto");
        for (var length = 0; length < bytes.Length; length++)
        {
            try
            {
                var read = FileDescriptorSet.Read(bytes.AsSpan(0, length));
                Assert.Equal(length, read.ToByteArray().Length);
            }
            catch (DescriptorFormatException exception)
            {
                Assert.InRange(exception.Offset, 0, length);
            }
        }
    }

    [ProtocFact]
    public void DescriptorSet_WithAnyByteChanged_IsReadOrRejected()
    {
        var bytes = Protoc.DescriptorSet(ProtoRoot, "everything2024.proto");
        var rejected = 0;
        for (var index = 0; index < bytes.Length; index++)
        {
            var changed = bytes.ToArray();
            changed[index] ^= 0xFF;
            try
            {
                FileDescriptorSet.Read(changed);
            }
            catch (DescriptorFormatException)
            {
                rejected++;
            }
        }

        Assert.InRange(rejected, 1, bytes.Length);
    }

    private static void AssertSameBytes(params string[] files)
    {
        var bytes = Protoc.DescriptorSet(ProtoRoot, files);
        var set = FileDescriptorSet.Read(bytes);
        Assert.True(bytes.AsSpan().SequenceEqual(set.ToByteArray()), $"{string.Join(' ', files)} came out differently");
        foreach (var file in set.Files)
        {
            Assert.Equal(0, file.UnknownFields.Length);
            Assert.Equal(file.ToByteArray(), FileDescriptorProto.Read(file.ToByteArray()).ToByteArray());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(500)]
    public void SetOfManyFiles_IsWrittenAsOneFileBehindTheOther(int count)
    {
        var set = new FileDescriptorSet { UnknownFields = new byte[] { 0x50, 0x01 } };
        var expected = new WireWriter();
        for (var i = 0; i < count; i++)
        {
            // Lengths on both sides of a second byte.
            var file = new FileDescriptorProto { Name = new string('f', i) };
            set.Files.Add(file);
            expected.WriteTag(1, WireType.LengthDelimited);
            expected.WriteBytes(file.ToByteArray());
        }

        expected.WriteRaw(set.UnknownFields.Span);
        Assert.Equal(expected.Written.ToArray(), set.ToByteArray());
        Assert.Equal(count, FileDescriptorSet.Read(set.ToByteArray()).Files.Count);
    }
}
