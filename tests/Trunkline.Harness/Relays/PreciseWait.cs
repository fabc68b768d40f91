using System.Runtime.InteropServices;

namespace Trunkline.Harness.Relays;

/// <summary>
/// Blocks a thread until a time. The runtime's own waits round up to whole milliseconds, twice the one-way delay of a 1 ms round trip; where there is
/// nanosleep it is exact to about 0.1 ms.
/// </summary>
internal static class PreciseWait
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    // The wake-up after nanosleep takes about this long.
    private static readonly TimeSpan WakeUp = TimeSpan.FromMicroseconds(50);

    private static readonly bool HasNanosleep = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    /// <summary>Returns once the timestamp is reached.</summary>
    public static void Until(long timestamp, TimeProvider time)
    {
        for (TimeSpan left = Left(timestamp, time); left > TimeSpan.Zero; left = Left(timestamp, time))
        {
            if (HasNanosleep && left > WakeUp)
            {
                Nanosleep(left - WakeUp);
            }
            else if (left.TotalMilliseconds > 1)
            {
                Wait(left);
            }
            else
            {
                Thread.Yield();
            }
        }
    }

    private static TimeSpan Left(long timestamp, TimeProvider time) => time.GetElapsedTime(time.GetTimestamp(), timestamp);

    private static void Nanosleep(TimeSpan duration)
    {
        long nanoseconds = (long)duration.TotalNanoseconds;
        var request = new Timespec { Seconds = (nint)(nanoseconds / NanosecondsPerSecond), Nanoseconds = (nint)(nanoseconds % NanosecondsPerSecond) };

        // A signal ends it early; the caller looks at the clock again.
        _ = nanosleep(request, IntPtr.Zero);
    }

    private static void Wait(TimeSpan left)
    {
        object nobody = new();
        lock (nobody)
        {
            Monitor.Wait(nobody, left);
        }
    }

    [DllImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int nanosleep(in Timespec request, IntPtr remaining);

    /// <summary>struct timespec of 64-bit systems.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
