using FsCheck;
using FsCheck.Fluent;
using Trunkline.Http2.FlowControl;

namespace Trunkline.Http2.Tests.FlowControl;

public class WindowTests
{
    [Fact]
    public void WINDOW_UPDATE_Received_WindowWouldPassTheMaximum_IsRefused()
    {
        var window = new Window(1);
        Assert.True(window.TryAdd(Window.MaxSize - 1));
        Assert.Equal(Window.MaxSize, window.Available);
        Assert.False(window.TryAdd(1));
        Assert.Equal(Window.MaxSize, window.Available);
    }

    [Fact]
    public void SETTINGS_Received_InitialWindowSizeLowered_MakesTheWindowNegative()
    {
        var window = new Window(Window.InitialSize);
        window.Take(60_000);
        Assert.True(window.TryShift(16_384 - Window.InitialSize));
        Assert.Equal(16_384 - 60_000, window.Available);
        Assert.False(window.TryTake(1));
        Assert.True(window.TryTake(0));
    }

    [Fact]
    public void SETTINGS_Received_LargestChanges_StayWithin32Bits()
    {
        var window = new Window(Window.MaxSize);
        window.Take(Window.MaxSize);
        Assert.True(window.TryShift(-Window.MaxSize));
        Assert.Equal(-Window.MaxSize, window.Available);
        Assert.True(window.TryShift(Window.MaxSize));
        Assert.Equal(0, window.Available);
    }

    [Fact]
    public void Take_MoreThanThereIs_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() =>
    {
        var window = new Window(1);
        window.Take(2);
    });

    [Fact]
    public void Sums_AnyEvents_AgreeWithPlainArithmetic() =>
        Prop.ForAll<(bool IsTake, int Amount)[]>(events =>
        {
            var window = new Window(Window.InitialSize);
            long expected = Window.InitialSize;
            foreach ((bool isTake, int amount) in events)
            {
                int bytes = Math.Abs(amount % 200_000);
                bool fits = isTake ? bytes <= expected || bytes == 0 : expected + bytes <= Window.MaxSize;
                Assert.Equal(fits, isTake ? window.TryTake(bytes) : window.TryAdd(bytes));
                expected += !fits ? 0 : isTake ? -bytes : bytes;
                Assert.Equal(expected, window.Available);
            }

            return true;
        }).QuickCheckThrowOnFailure();
}
