using System.Buffers;
using System.Text;
using Trunkline.Http2;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Tests.Messages;

/// <summary>Order, credit and memory of what waits for a stream's reader.</summary>
public sealed class MessageQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Messages_OfAnySizeAndForm_ComeOutInOrderAndReturnTheirCredit(int seed)
    {
        var random = new Random(seed);
        var queue = new MessageQueue<string>();
        var expected = new Queue<string>();
        int added = 0;
        int returned = 0;
        for (int step = 0; step < 3000; step++)
        {
            if (random.Next(2) == 0)
            {
                string text = new((char)('a' + (step % 26)), random.Next(6) == 0 ? random.Next(40_000) : random.Next(60));
                MessageFrame frame = random.Next(3) == 0 ? Owned(text) : Lent(text);
                added += frame.WireLength;
                expected.Enqueue(text);
                queue.Add(frame);
            }
            else if (expected.TryDequeue(out string? text))
            {
                Assert.Equal(TakeOutcome.Taken, queue.TryTake(out QueuedMessage<string> message, out int credit));
                Assert.Equal(text, Text(message));
                returned += credit;
            }
        }

        while (expected.TryDequeue(out string? text))
        {
            Assert.Equal(TakeOutcome.Taken, queue.TryTake(out QueuedMessage<string> message, out int credit));
            Assert.Equal(text, Text(message));
            returned += credit;
        }

        Assert.Equal(TakeOutcome.Empty, queue.TryTake(out _, out _));
        Assert.Equal(added, returned);
    }

    [Fact]
    public void Credit_ComesBackInBatchesAndWithTheLastMessageInHand()
    {
        var queue = new MessageQueue<string>();
        for (int index = 0; index < 1000; index++)
        {
            queue.Add(Lent("sixteen letters."));
        }

        var credits = new List<int>();
        while (queue.TryTake(out QueuedMessage<string> message, out int credit) == TakeOutcome.Taken)
        {
            Assert.Equal("sixteen letters.", Text(message));
            if (credit > 0)
            {
                credits.Add(credit);
            }
        }

        Assert.Equal(21 * 1000, credits.Sum());
        Assert.All(credits.SkipLast(1), credit => Assert.InRange(credit, MessageQueue<string>.CreditBatch, MessageQueue<string>.CreditBatch + 21));
    }

    [Fact]
    public void FloodOfEmptyMessages_TakesNoMoreMemoryThanItsWindow()
    {
        const int Messages = 200_000;
        var queue = new MessageQueue<string>();
        MessageFrame empty = Lent("");
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int index = 0; index < Messages; index++)
        {
            queue.Add(empty);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, 0, 2 * Messages * empty.WireLength);
        int taken = 0;
        while (queue.TryTake(out _, out _) == TakeOutcome.Taken)
        {
            taken++;
        }

        Assert.Equal(Messages, taken);
    }

    [Fact]
    public void FloodOfSplitMessages_SharesItsMemoryToo()
    {
        const int Messages = 20_000;
        var queue = new MessageQueue<string>();
        for (int index = 0; index < Messages; index++)
        {
            queue.Add(Owned("x"));
        }

        Assert.Equal(TakeOutcome.Taken, queue.TryTake(out QueuedMessage<string> first, out _));
        Assert.Null(first.Frame.Owned);
        Assert.Equal("x", Text(first));
    }

    [Fact]
    public void PartialMessage_IsToppedUpWhileTheReaderWaitsAndCountsOnce()
    {
        var queue = new MessageQueue<string>();
        Assert.Equal(0, queue.SetPartial(1000));
        Assert.Equal(TakeOutcome.Empty, queue.TakeOrWait(out _, out int credit));
        Assert.Equal(1000, credit);
        Assert.Equal(500, queue.SetPartial(1500));

        MessageFrame frame = Owned(new string('x', 20_000));
        Assert.True(queue.Add(frame));
        Assert.Equal(0, queue.SetPartial(7));
        Assert.Equal(TakeOutcome.Taken, queue.TakeOrWait(out QueuedMessage<string> message, out credit));
        Assert.Equal(20_005 - 1500, credit);
        Assert.Equal(20_000, Text(message).Length);
    }

    [Fact]
    public void ReaderThatGaveUpWaiting_FindsTheMessageThatWasReadForItFirst()
    {
        var queue = new MessageQueue<string>();
        Assert.Equal(TakeOutcome.Empty, queue.TakeOrWait(out _, out _));
        Assert.True(queue.IsReaderWaiting);
        Assert.True(queue.StopWaiting());
        Assert.False(queue.AddRead("first", 10));
        Assert.False(queue.Add(Lent("second")));
        queue.TryTake(out QueuedMessage<string> message, out int credit);
        Assert.Equal(("first", 0), (message.Message, credit));
        queue.TryTake(out message, out credit);
        Assert.Equal(("second", 21), (Text(message), credit));
    }

    [Fact]
    public void Fail_DropsWhatWaitsAndWhatIsInHand()
    {
        var queue = new MessageQueue<string>();
        queue.Add(Lent("one"));
        queue.Add(Lent("two"));
        queue.Add(Owned(new string('x', 20_000)));
        Assert.Equal(TakeOutcome.Taken, queue.TryTake(out _, out _));
        Assert.False(queue.Fail());
        Assert.Equal(TakeOutcome.Failed, queue.TryTake(out _, out _));
        Assert.False(queue.Add(Owned("late")));
        Assert.Equal(TakeOutcome.Failed, queue.TakeOrWait(out _, out _));
    }

    [Fact]
    public void End_ComesBehindWhatWaits()
    {
        var queue = new MessageQueue<string>();
        queue.Add(Lent("one"));
        Assert.False(queue.End());
        Assert.Equal(TakeOutcome.Taken, queue.TryTake(out _, out _));
        Assert.Equal(TakeOutcome.Ended, queue.TryTake(out _, out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task BlockingReader_BesideTheReadLoop_MissesNothing(int seed)
    {
        const int Messages = 50_000;
        var queue = new MessageQueue<string>();
        int returned = 0;
        Task<int> reader = Task.Factory.StartNew(
            () =>
            {
                int next = 0;
                while (queue.TakeBlocking(credit => returned += credit, out QueuedMessage<string> message) == TakeOutcome.Taken)
                {
                    Assert.Equal($"{next++}", Text(message));
                }

                return next;
            },
            TaskCreationOptions.LongRunning);
        var random = new Random(seed);
        int added = 0;
        for (int index = 0; index < Messages; index++)
        {
            MessageFrame frame = Lent($"{index}");
            added += frame.WireLength;
            if (queue.IsReaderWaiting && random.Next(2) == 0)
            {
                queue.AddRead($"{index}", frame.WireLength);
            }
            else
            {
                queue.Add(frame);
            }
        }

        queue.End();
        Assert.Equal(Messages, await reader.WaitAsync(Patience));
        Assert.Equal(added, returned);
    }

    private static MessageFrame Lent(string text) => new(Encoding.ASCII.GetBytes(text), compressed: false);

    private static MessageFrame Owned(string text)
    {
        var buffer = new PooledBuffer();
        buffer.Write(Encoding.ASCII.GetBytes(text));
        return new MessageFrame(buffer, compressed: false);
    }

    private static string Text(QueuedMessage<string> message)
    {
        string text = message.Message ?? Encoding.ASCII.GetString(message.Frame.Payload.ToArray());
        message.Frame.Release();
        return text;
    }
}
