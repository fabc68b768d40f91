using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Tests.Messages;

/// <summary>Every way of cutting the same bytes gives the same messages.</summary>
public sealed class MessageDeframerTests
{
    private const int Limit = 100_000;

    [Fact]
    public void Read_AnyMessagesCutAtRandom_GivesTheSameMessagesAsWhole() =>
        Prop.ForAll(Seeds(), seed =>
        {
            var random = new System.Random(seed);
            (byte[] Payload, bool Compressed)[] sent = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => RandomMessage(random))];
            byte[] wire = Frame(sent);
            (string, bool)[] expected = [.. sent.Select(message => (Convert.ToHexString(message.Payload), message.Compressed))];
            Assert.Equal(expected, Deframe([wire]));
            Assert.Equal(expected, Deframe(CutAtRandom(wire, random)));
            Assert.Equal(expected, Deframe(wire.Select(value => new[] { value })));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_WholeMessageInOnePiece_IsLentWithoutACopy()
    {
        byte[] wire = Frame([([1, 2, 3], false)]);
        var deframer = new MessageDeframer(Limit);
        ReadOnlyMemory<byte> input = wire;
        Assert.Equal(DeframeOutcome.Message, deframer.Read(ref input, out MessageFrame message, out _));
        Assert.Null(message.Owned);
        Assert.True(message.Payload.FirstSpan.Overlaps(wire));
        Assert.True(input.IsEmpty);
    }

    [Fact]
    public void Read_LengthOverTheLimit_IsAFaultThatNamesBothBeforeThePayloadCame()
    {
        var deframer = new MessageDeframer(10);
        ReadOnlyMemory<byte> input = new byte[] { 0, 0, 0, 0, 11 };
        Assert.Equal(DeframeOutcome.Fault, deframer.Read(ref input, out _, out MessageFault fault));
        Assert.Equal(MessageFaultKind.TooLarge, fault.Kind);
        Assert.Contains("11 bytes", fault.Text, StringComparison.Ordinal);
        Assert.Contains("10 bytes", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LengthOfFourGibibytes_IsAFaultAndNotNegative()
    {
        var deframer = new MessageDeframer(int.MaxValue);
        ReadOnlyMemory<byte> input = new byte[] { 0, 0xFF, 0xFF, 0xFF, 0xFF };
        Assert.Equal(DeframeOutcome.Fault, deframer.Read(ref input, out _, out MessageFault fault));
        Assert.Contains("4294967295", fault.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0x80)]
    [InlineData(0xFF)]
    public void Read_UndefinedFlag_IsBroken(byte flag)
    {
        var deframer = new MessageDeframer(Limit);
        ReadOnlyMemory<byte> input = new byte[] { flag, 0, 0, 0, 0 };
        Assert.Equal(DeframeOutcome.Fault, deframer.Read(ref input, out _, out MessageFault fault));
        Assert.Equal(MessageFaultKind.Broken, fault.Kind);
    }

    [Fact]
    public void Read_EmptyMessagesUnderALimitOfZero_AreTaken()
    {
        var deframer = new MessageDeframer(0);
        ReadOnlyMemory<byte> input = new byte[10];
        Assert.Equal(DeframeOutcome.Message, deframer.Read(ref input, out MessageFrame message, out _));
        Assert.Equal(0, message.Length);
        Assert.Equal(DeframeOutcome.Message, deframer.Read(ref input, out _, out _));
        Assert.Equal(DeframeOutcome.NeedsMore, deframer.Read(ref input, out _, out _));
        Assert.True(deframer.End().IsNone);
    }

    [Fact]
    public void End_InsideAMessage_IsTruncatedAtEveryCut()
    {
        byte[] wire = Frame([([1, 2, 3, 4], false)]);
        for (int cut = 1; cut < wire.Length; cut++)
        {
            var deframer = new MessageDeframer(Limit);
            ReadOnlyMemory<byte> input = wire.AsMemory(0, cut);
            Assert.Equal(DeframeOutcome.NeedsMore, deframer.Read(ref input, out _, out _));
            Assert.True(deframer.IsInsideMessage);
            MessageFault fault = deframer.End();
            Assert.Equal(MessageFaultKind.Broken, fault.Kind);
            Assert.Contains("ended inside a message", fault.Text, StringComparison.Ordinal);
            deframer.Abandon();
        }
    }

    [Fact]
    public void Keep_LentFrame_OutlivesTheBuffer()
    {
        byte[] wire = Frame([([7, 8, 9], true)]);
        var deframer = new MessageDeframer(Limit);
        ReadOnlyMemory<byte> input = wire;
        deframer.Read(ref input, out MessageFrame message, out _);
        MessageFrame kept = message.Keep();
        Array.Clear(wire);
        Assert.Equal([7, 8, 9], kept.Payload.ToArray());
        Assert.True(kept.IsCompressed);
        Assert.Equal(8, kept.WireLength);
        kept.Release();
    }

    private static Arbitrary<int> Seeds() => Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    private static (byte[] Payload, bool Compressed) RandomMessage(System.Random random)
    {
        int length = random.Next(4) switch { 0 => 0, 1 => random.Next(1, 20), 2 => random.Next(20, 300), _ => random.Next(300, 9000) };
        byte[] payload = new byte[length];
        random.NextBytes(payload);
        return (payload, random.Next(2) == 0);
    }

    private static byte[] Frame((byte[] Payload, bool Compressed)[] messages)
    {
        var wire = new ArrayBufferWriter<byte>();
        foreach ((byte[] payload, bool compressed) in messages)
        {
            MessagePrefix.Write(wire.GetSpan(MessagePrefix.Size), compressed, payload.Length);
            wire.Advance(MessagePrefix.Size);
            wire.Write(payload);
        }

        return wire.WrittenSpan.ToArray();
    }

    private static IEnumerable<byte[]> CutAtRandom(byte[] wire, System.Random random)
    {
        for (int at = 0; at < wire.Length;)
        {
            int count = Math.Min(wire.Length - at, random.Next(0, 400));
            yield return wire.AsSpan(at, count).ToArray();
            at += count;
        }
    }

    private static (string Payload, bool Compressed)[] Deframe(IEnumerable<byte[]> pieces)
    {
        var deframer = new MessageDeframer(Limit);
        var messages = new List<(string, bool)>();
        foreach (byte[] piece in pieces)
        {
            ReadOnlyMemory<byte> input = piece;
            DeframeOutcome outcome;
            while ((outcome = deframer.Read(ref input, out MessageFrame message, out _)) == DeframeOutcome.Message)
            {
                messages.Add((Convert.ToHexString(message.Payload.ToArray()), message.IsCompressed));
                message.Release();
            }

            Assert.Equal(DeframeOutcome.NeedsMore, outcome);
            Assert.True(input.IsEmpty);
        }

        Assert.True(deframer.End().IsNone);
        return [.. messages];
    }
}
