using System.Text;
using Trunkline.Fuzz.Connections;
using Trunkline.Fuzz.Running;
using Trunkline.Harness;
using Trunkline.Http2;

namespace Trunkline.Fuzz.Frames;

/// <summary>A server that takes requests and answers none, so that all it says follows from the frames that it was sent.</summary>
internal static class SilentServer
{
    /// <summary>Talks to a new one.</summary>
    /// <param name="input">What follows the preface.</param>
    /// <param name="pieceLength">How many bytes it gets at once, by where they begin.</param>
    /// <param name="trace">Takes the answer.</param>
    /// <returns>The answer in words: frames, then the end.</returns>
    public static async Task<string> TalkAsync(byte[] input, Func<int, int> pieceLength, Trace? trace = null)
    {
        var link = new FuzzLink();
        var log = new ErrorLog();
        var options = new Http2Options { TimeProvider = new ManualTimeProvider(), Logger = log, MaxHeaderListSize = 1000, MaxConcurrentStreams = 10 };
        await using Http2ServerConnection connection = Http2ServerConnection.Create(link, new Handler(), options);
        Task start = connection.StartAsync(CancellationToken.None);
        link.Feed("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        for (int at = 0; at < input.Length;)
        {
            int length = Math.Min(pieceLength(at), input.Length - at);
            link.Feed(input.AsSpan(at, length));
            at += length;
        }

        await Quiet.SettleAsync();
        link.End();
        await Quiet.SettleAsync();
        Trace.Hold(connection.Closed.IsCompleted, "the peer has closed and the connection has not ended");
        Trace.Hold(start.IsCompleted, "the connection has ended and its start has not");
        _ = start.Exception; // Observed: the bytes need not hold SETTINGS.
        Trace.Hold(connection.OpenStreams == 0, $"{connection.OpenStreams} streams are open after the end");
        Trace.Hold(log.Text.Length == 0, log.Text);
        Http2Error end = await connection.Closed;
        return Describe(link.Sent, end, trace);
    }

    // What a server sends of its own accord may depend on how many reads it took: measuring PINGs, and how credit is gathered.
    private static string Describe(ReadOnlySpan<byte> sent, Http2Error end, Trace? trace)
    {
        var text = new StringBuilder();
        foreach (RawFrame frame in new FrameCutter().Add(sent))
        {
            trace?.See("sent " + frame.TypeName, frame.Type == RawFrame.GoAway ? Encoding.UTF8.GetString(frame.Payload.AsSpan(8)) : "");
            if (frame.Type != RawFrame.WindowUpdate && (frame.Type != RawFrame.Ping || frame.IsAck))
            {
                text.Append(frame).Append('\n');
            }
        }

        trace?.See("end", Trace.ReasonOf(end));
        trace?.Tell(text.ToString() + end);
        return text.Append(end).ToString();
    }

    private sealed class Handler : IServerConnectionHandler, IStreamHandler
    {
        private readonly Dictionary<int, Http2Stream> _streams = [];

        public IStreamHandler OnStream(Http2Stream stream)
        {
            _streams.Add(stream.Id.Value, stream);
            return this;
        }

        public void OnBatchEnd()
        {
        }

        public void OnGoAway(in Http2Error error)
        {
        }

        public void OnHeaders(in FieldBlock fields, bool endStream)
        {
        }

        public void OnData(ReadOnlyMemory<byte> data, bool endStream)
        {
        }

        public void OnTrailers(in FieldBlock fields)
        {
        }

        public void OnWritable()
        {
        }

        public void OnClosed(in Http2Error error)
        {
        }
    }
}
