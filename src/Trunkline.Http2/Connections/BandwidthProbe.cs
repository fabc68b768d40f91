using Trunkline.Http2.Diagnostics;
using Trunkline.Http2.FlowControl;

namespace Trunkline.Http2.Connections;

/// <summary>
/// Measures the way to the peer with PINGs of its own while DATA comes in, and lets the windows follow what <see cref="BandwidthEstimator"/> says: the
/// connection's here, a stream's when it next gives credit back. Owned by the read loop.
/// </summary>
/// <remarks>
/// Servers of other makes count PINGs that come without traffic and end connections over them. A probe is sent only when DATA has come since the
/// answer to the one before, and with the credit that is due in front of it, which resets their count.
/// </remarks>
internal sealed class BandwidthProbe(ConnectionCore core)
{
    /// <summary>The payload of a probe: negative, unlike those of PINGs that are asked for, and not the keepalive's.</summary>
    public const long Opaque = unchecked((long)0xBDB0_0000_0000_0001);

    private readonly BandwidthEstimator _estimator = new(core.Options.InitialStreamWindow, core.Options.MaxStreamWindow);

    /// <summary>DATA came.</summary>
    /// <param name="bytes">What counts against the window.</param>
    /// <param name="connectionWindow">The connection's window; its credit is announced with a probe.</param>
    public void OnData(int bytes, ref ReceiveWindow connectionWindow)
    {
        if (_estimator.Receive(bytes))
        {
            core.Output.WriteProbe(Opaque, connectionWindow.Grow(0));
            _estimator.Begin(core.Options.TimeProvider.GetTimestamp());
        }
    }

    /// <summary>The answer to a PING came.</summary>
    /// <param name="opaque">Its payload.</param>
    /// <param name="connectionWindow">The connection's window, which grows at once.</param>
    /// <returns>False when it is not this one's.</returns>
    public bool TryEnd(long opaque, ref ReceiveWindow connectionWindow)
    {
        if (opaque != Opaque || !_estimator.IsProbing)
        {
            return false;
        }

        if (_estimator.End(core.Options.TimeProvider.GetTimestamp()))
        {
            core.Growth.Size = _estimator.Size;
            ConnectionLog.WindowsGrew(core.Options.Logger, _estimator.Size);
            int growth = _estimator.Size - connectionWindow.Target;
            if (growth > 0)
            {
                core.Output.GiveCredit(StreamId.Connection, connectionWindow.Grow(growth));
            }
        }

        return true;
    }
}
