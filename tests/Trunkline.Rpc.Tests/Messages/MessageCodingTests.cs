using System.Buffers;
using System.IO.Compression;
using Trunkline.Http2;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Tests.Messages;

public sealed class MessageCodingTests
{
    public static TheoryData<string> Names => ["gzip", "deflate"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decompress_WhatCompressWrote_IsThePlainForm(string name)
    {
        MessageCoding coding = MessageCodings.Find(name)!;
        foreach (int length in new[] { 0, 1, 100, 70_000 })
        {
            byte[] plain = Text(length);
            Assert.Equal(plain, Inflate(coding, Deflate(coding, plain), length).Plain);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decompress_OverTheLimit_StopsOneByteBehindIt(string name)
    {
        MessageCoding coding = MessageCodings.Find(name)!;
        byte[] bomb = Deflate(coding, new byte[1_000_000]);
        (MessageFault fault, byte[] plain) = Inflate(coding, bomb, 1000);
        Assert.Equal(MessageFaultKind.TooLarge, fault.Kind);
        Assert.Equal(1001, plain.Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decompress_CutOff_IsCorruptAtEveryLength(string name)
    {
        MessageCoding coding = MessageCodings.Find(name)!;
        byte[] whole = Deflate(coding, Text(500));
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Equal(MessageFaultKind.Broken, Inflate(coding, whole[..length], 1000).Fault.Kind);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decompress_FlippedChecksum_IsCorrupt(string name)
    {
        MessageCoding coding = MessageCodings.Find(name)!;
        byte[] whole = Deflate(coding, Text(500));
        whole[^1] ^= 1;
        Assert.Equal(MessageFaultKind.Broken, Inflate(coding, whole, 1000).Fault.Kind);
    }

    [Fact]
    public void Decompress_NotGzipAtAll_IsCorruptAndNamesTheCoding()
    {
        MessageFault fault = Inflate(MessageCodings.Gzip, Text(200), 1000).Fault;
        Assert.Equal(MessageFaultKind.Broken, fault.Kind);
        Assert.Contains("gzip", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compress_Deflate_IsTheZlibFormThatOthersRead()
    {
        byte[] wire = Deflate(MessageCodings.Find("deflate")!, Text(300));
        using var reader = new ZLibStream(new MemoryStream(wire), CompressionMode.Decompress);
        var plain = new MemoryStream();
        reader.CopyTo(plain);
        Assert.Equal(Text(300), plain.ToArray());
    }

    [Theory]
    [InlineData("identity", true, null)]
    [InlineData("", true, null)]
    [InlineData("gzip", true, "gzip")]
    [InlineData("deflate", true, "deflate")]
    [InlineData("snappy", false, null)]
    [InlineData("GZIP", false, null)]
    public void TryFind_Name_GivesTheCoding(string name, bool known, string? expected)
    {
        Assert.Equal(known, MessageCodings.TryFind(System.Text.Encoding.ASCII.GetBytes(name), out MessageCoding? coding));
        Assert.Equal(expected, coding?.Name);
    }

    [Theory]
    [InlineData("identity,deflate,gzip", true)]
    [InlineData("identity, gzip", true)]
    [InlineData("gzip", true)]
    [InlineData("gzipx,identity", false)]
    [InlineData("", false)]
    public void Lists_AcceptEncoding_FindsWholeNamesOnly(string list, bool expected) =>
        Assert.Equal(expected, MessageCodings.Lists(System.Text.Encoding.ASCII.GetBytes(list), MessageCodings.Gzip));

    private static byte[] Text(int length) => [.. Enumerable.Range(0, length).Select(index => (byte)('a' + (index * index % 23)))];

    private static byte[] Deflate(MessageCoding coding, byte[] plain)
    {
        using var buffer = new PooledBuffer();
        coding.Compress(new ReadOnlySequence<byte>(plain), buffer);
        return buffer.WrittenSequence.ToArray();
    }

    private static (MessageFault Fault, byte[] Plain) Inflate(MessageCoding coding, byte[] wire, int limit)
    {
        using var buffer = new PooledBuffer();
        MessageFault fault = coding.Decompress(new ReadOnlySequence<byte>(wire), limit, buffer);
        return (fault, buffer.WrittenSequence.ToArray());
    }
}
