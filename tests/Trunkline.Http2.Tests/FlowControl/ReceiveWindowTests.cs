using FsCheck;
using FsCheck.Fluent;
using Trunkline.Http2.FlowControl;

namespace Trunkline.Http2.Tests.FlowControl;

public class ReceiveWindowTests
{
    [Fact]
    public void DATA_Received_BeyondTheWindow_IsRefused()
    {
        var window = new ReceiveWindow(100);
        Assert.True(window.TryReceive(100));
        Assert.False(window.TryReceive(1));
        Assert.True(window.TryReceive(0));
        Assert.Equal(100, window.Unconsumed);
    }

    [Fact]
    public void Consume_BelowAQuarter_AnnouncesNothingYet()
    {
        var window = new ReceiveWindow(100);
        Assert.True(window.TryReceive(80));
        Assert.Equal(0, window.Consume(24));
        Assert.Equal(20, window.Available);
        Assert.Equal(25, window.Consume(1));
        Assert.Equal(45, window.Available);
        Assert.Equal(0, window.Consume(20));
    }

    [Fact]
    public void Consume_LargeWindow_AnnouncesEveryHalfMebibyte()
    {
        var window = new ReceiveWindow(16 * 1024 * 1024);
        Assert.True(window.TryReceive(1024 * 1024));
        Assert.Equal(0, window.Consume((512 * 1024) - 1));
        Assert.Equal(512 * 1024, window.Consume(1));
    }

    [Fact]
    public void Consume_MoreThanArrived_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() =>
    {
        var window = new ReceiveWindow(100);
        window.TryReceive(10);
        window.Consume(11);
    });

    [Fact]
    public void Grow_WithPendingCredit_AnnouncesBoth()
    {
        var window = new ReceiveWindow(Window.InitialSize);
        Assert.True(window.TryReceive(1000));
        Assert.Equal(0, window.Consume(1000));
        Assert.Equal(1_001_000, window.Grow(1_000_000));
        Assert.Equal(Window.InitialSize + 1_000_000, window.Available);
        Assert.Equal(Window.MaxSize - window.Target, window.Grow(Window.MaxSize));
    }

    [Fact]
    public void SETTINGS_Acknowledged_InitialWindowSizeLowered_MakesTheWindowNegativeUntilConsumed()
    {
        var window = new ReceiveWindow(1000);
        Assert.True(window.TryReceive(900));
        window.ShiftTarget(-500);
        Assert.Equal(-400, window.Available);
        Assert.Equal(900, window.Consume(900));
        Assert.Equal(500, window.Available);
    }

    // Conservation: what the sender may send, what is on its way to being announced and what is unconsumed always add up to the target; and a sender
    // that uses all credit is never left waiting once everything is consumed.
    [Fact]
    public void Credit_AnyArrivalsAndConsumption_IsConserved() =>
        Prop.ForAll<(byte Event, ushort Amount)[], ushort>((events, size) =>
        {
            var window = new ReceiveWindow(size);
            long senderCredit = size;
            foreach ((byte kind, ushort amount) in events)
            {
                switch (kind % 3)
                {
                    case 0:
                        int sent = (int)Math.Min(amount, senderCredit);
                        Assert.True(window.TryReceive(sent));
                        senderCredit -= sent;
                        break;
                    case 1:
                        senderCredit += window.Consume(Math.Min(amount, window.Unconsumed));
                        break;
                    default:
                        senderCredit += window.Grow(amount);
                        break;
                }

                Assert.Equal(senderCredit, window.Available);
                Assert.Equal(window.Target, window.Available + window.Unconsumed + window.PendingCredit);
            }

            senderCredit += window.Consume(window.Unconsumed);
            Assert.True(window.Target == 0 || senderCredit > 0);
            return true;
        }).QuickCheckThrowOnFailure();
}
