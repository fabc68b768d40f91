using Trunkline.Harness;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>What the dialogues with hostile peers have in common.</summary>
internal static class Dialogue
{
    private static readonly byte[] Probe = [7, 7, 7, 7, 7, 7, 7, 7];

    /// <summary>Asks with PING whether all that was sent before has been worked off and the connection stands; passes over everything else.</summary>
    /// <param name="peer">The peer.</param>
    public static async Task ExpectAliveAsync(this FramePeer peer)
    {
        await peer.SendFrameAsync(FrameKind.Ping, 0, 0, Probe);
        PeerFrame frame = await peer.ReceiveAsync();
        while (frame.Kind != FrameKind.Ping || !frame.Payload.SequenceEqual(Probe))
        {
            Assert.True(frame.Kind != FrameKind.GoAway, frame.ToString());
            frame = await peer.ReceiveAsync();
        }
    }

    /// <summary>Waits for GOAWAY with this code, passing over everything else.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="code">The code.</param>
    /// <returns>Its debug data.</returns>
    public static async Task<string> ExpectEndAsync(this FramePeer peer, Http2ErrorCode code)
    {
        PeerFrame frame = await peer.ReceiveAsync();
        while (frame.Kind != FrameKind.GoAway)
        {
            frame = await peer.ReceiveAsync();
        }

        Assert.Equal(code, frame.ErrorCode(4));
        await peer.ExpectCloseAsync();
        return System.Text.Encoding.UTF8.GetString(frame.Payload.AsSpan(8));
    }

    /// <summary>Does something again and again, at most so often, until the other side closes the link.</summary>
    /// <param name="send">What to do.</param>
    /// <param name="most">How often at most.</param>
    /// <returns>How often it was done.</returns>
    public static async Task<int> UntilClosedAsync(Func<Task> send, int most)
    {
        for (int sent = 0; sent < most; sent++)
        {
            try
            {
                await send();
            }
            catch (IOException)
            {
                return sent;
            }
        }

        return most;
    }
}
