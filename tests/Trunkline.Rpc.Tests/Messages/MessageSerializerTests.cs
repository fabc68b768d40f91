using System.Buffers;
using System.Text;
using Trunkline.Http2;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Tests.Messages;

public sealed class MessageSerializerTests
{
    private static readonly Marshaller<string> Arrays = Marshallers.StringMarshaller;
    private static readonly Marshaller<string> Contexts = Marshallers.Create<string>(WriteByWriter, context => Read(context.PayloadAsReadOnlySequence()));
    private static readonly Marshaller<string> Trusted = new(new TextCodec());

    public static TheoryData<string> Forms => ["arrays", "contexts", "trusted"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Deserialize_WhatSerializeWrote_IsTheSameMessage(string form)
    {
        foreach (string message in new[] { "", "short", new string('x', 50_000) })
        {
            foreach (MessageCoding? coding in new[] { null, MessageCodings.Gzip })
            {
                Assert.True(MessageSerializer.Serialize(Form(form), message, coding, int.MaxValue, out PooledBuffer? framed).IsNone);
                MessageFrame frame = Deframe(framed!);
                Assert.Equal(coding is not null && message.Length > 100, frame.IsCompressed);
                Assert.True(MessageSerializer.Deserialize(Form(form), frame, coding, int.MaxValue, out string? read).IsNone);
                Assert.Equal(message, read);
                frame.Release();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Serialize_OverTheLimit_IsAFaultWithBothSizes(string form)
    {
        MessageFault fault = MessageSerializer.Serialize(Form(form), "12345", coding: null, maxLength: 4, out PooledBuffer? framed);
        Assert.Null(framed);
        Assert.Equal(MessageFaultKind.TooLarge, fault.Kind);
        Assert.Contains("5 bytes", fault.Text, StringComparison.Ordinal);
        Assert.Contains("4 bytes", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Serialize_MarshallerThatThrows_IsBrokenWithItsWords()
    {
        var marshaller = Marshallers.Create<string>(_ => throw new FormatException("no such text"), Encoding.UTF8.GetString);
        MessageFault fault = MessageSerializer.Serialize(marshaller, "a", coding: null, int.MaxValue, out _);
        Assert.Equal(MessageFaultKind.Broken, fault.Kind);
        Assert.Contains("no such text", fault.Text, StringComparison.Ordinal);
        Assert.IsType<FormatException>(fault.Cause);
    }

    [Fact]
    public void Serialize_MarshallerThatForgetsComplete_IsBroken()
    {
        var marshaller = Marshallers.Create<string>((_, context) => context.GetBufferWriter(), _ => "");
        Assert.Equal(MessageFaultKind.Broken, MessageSerializer.Serialize(marshaller, "a", coding: null, int.MaxValue, out _).Kind);
    }

    [Fact]
    public void Serialize_LengthOtherThanAnnounced_IsBrokenAndNamesBoth()
    {
        var marshaller = Marshallers.Create<string>(
            (_, context) =>
            {
                context.SetPayloadLength(3);
                context.Complete([1, 2]);
            },
            _ => "");
        MessageFault fault = MessageSerializer.Serialize(marshaller, "a", coding: null, int.MaxValue, out _);
        Assert.Contains("announced 3 bytes and wrote 2", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Serialize_MarshallerThatSerializesInside_KeepsBothApart()
    {
        var outer = Marshallers.Create<string>(
            (message, context) =>
            {
                MessageSerializer.Serialize(Contexts, "inner", coding: null, int.MaxValue, out PooledBuffer? inner);
                inner!.Dispose();
                context.Complete(Encoding.UTF8.GetBytes(message));
            },
            _ => "");
        Assert.True(MessageSerializer.Serialize(outer, "outer", coding: null, int.MaxValue, out PooledBuffer? framed).IsNone);
        Assert.Equal("outer", Read(framed!.WrittenSequence.Slice(MessagePrefix.Size)));
        framed.Dispose();
    }

    [Fact]
    public void Deserialize_MarshallerThatThrows_IsBroken()
    {
        var marshaller = Marshallers.Create<string>(Encoding.UTF8.GetBytes, _ => throw new FormatException("not mine"));
        MessageFault fault = MessageSerializer.Deserialize(marshaller, new MessageFrame(new byte[1], compressed: false), coding: null, 10, out _);
        Assert.Equal(MessageFaultKind.Broken, fault.Kind);
        Assert.Contains("not mine", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Deserialize_CompressedWithoutCoding_IsBroken() =>
        Assert.Equal(
            MessageFaultKind.Broken,
            MessageSerializer.Deserialize(Arrays, new MessageFrame(new byte[1], compressed: true), coding: null, 10, out _).Kind);

    [Fact]
    public void InlineMessage_SmallAndTrusted_WritesPrefixAndPayload()
    {
        var inline = new InlineMessage<string>();
        Assert.True(inline.TrySet(Trusted, "abc", int.MaxValue));
        byte[] wire = new byte[inline.Length];
        inline.WriteTo(wire);
        Assert.Equal([0, 0, 0, 0, 3, (byte)'a', (byte)'b', (byte)'c'], wire);
    }

    [Theory]
    [InlineData(4091, int.MaxValue, true)]
    [InlineData(4092, int.MaxValue, false)]
    [InlineData(11, 10, false)]
    public void InlineMessage_Length_DecidesTheWay(int length, int limit, bool expected) =>
        Assert.Equal(expected, new InlineMessage<string>().TrySet(Trusted, new string('x', length), limit));

    [Fact]
    public void InlineMessage_NotTrusted_GoesTheLongWay() => Assert.False(new InlineMessage<string>().TrySet(Arrays, "a", int.MaxValue));

    private static Marshaller<string> Form(string form) => form switch { "arrays" => Arrays, "contexts" => Contexts, _ => Trusted };

    private static MessageFrame Deframe(PooledBuffer framed)
    {
        var deframer = new MessageDeframer(int.MaxValue);
        ReadOnlyMemory<byte> input = framed.WrittenSequence.ToArray();
        framed.Dispose();
        Assert.Equal(DeframeOutcome.Message, deframer.Read(ref input, out MessageFrame frame, out _));
        return frame;
    }

    private static string Read(in ReadOnlySequence<byte> payload) => Encoding.UTF8.GetString(payload);

    private static void WriteByWriter(string message, SerializationContext context)
    {
        Encoding.UTF8.GetBytes(message, context.GetBufferWriter());
        context.Complete();
    }

    private sealed class TextCodec : MessageCodec<string>
    {
        public override int SizeOf(string message) => Encoding.UTF8.GetByteCount(message);

        public override void WriteTo(string message, Span<byte> destination) => Encoding.UTF8.GetBytes(message, destination);

        public override string ReadFrom(in ReadOnlySequence<byte> payload) => Read(payload);
    }
}
