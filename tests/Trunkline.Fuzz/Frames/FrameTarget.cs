using Trunkline.Fuzz.Connections;
using Trunkline.Fuzz.Running;
using Trunkline.Http2;
using Trunkline.Http2.Frames;

namespace Trunkline.Fuzz.Frames;

/// <summary>
/// The frame reader. Any bytes behind the preface, given to a server whole, byte by byte and in pieces, draw the same frames and the same end; each
/// frame's verdict is among those of the reference rules; and what ends a connection by those rules has ended it.
/// </summary>
internal sealed class FrameTarget : IFuzzTarget
{
    public string Name => "frames";

    public int MaxLength => 4096;

    public byte[] Generate(Random random) => FrameInputs.Generate(random);

    public async Task ExecuteAsync(byte[] input, Trace trace)
    {
        bool mustEnd = CheckRules(input, trace);
        string whole = await SilentServer.TalkAsync(input, pieceLength: _ => int.MaxValue, trace);
        string bytes = await SilentServer.TalkAsync(input, pieceLength: _ => 1);
        string pieces = await SilentServer.TalkAsync(input, pieceLength: at => 1 + (input[at] % 29));
        Trace.Hold(whole == bytes, $"byte by byte the answer is another one\n{bytes}\ninstead of\n{whole}");
        Trace.Hold(whole == pieces, $"in pieces the answer is another one\n{pieces}\ninstead of\n{whole}");
        Trace.Hold(!mustEnd || whole.Contains("GOAWAY", StringComparison.Ordinal), $"a frame had to end the connection\n{whole}");
        Trace.Hold(!whole.Contains("INTERNAL_ERROR", StringComparison.Ordinal), $"an internal error\n{whole}");
    }

    // Walks the frames as the engine's parsers see them, beside the reference.
    private static bool CheckRules(byte[] input, Trace trace)
    {
        int openBlock = 0;
        foreach (RawFrame frame in new FrameCutter().Add(input))
        {
            List<Violation> violations = ReferenceRules.Judge(frame, openBlock, isReceivedByServer: true);
            Http2Error error = Verdict(frame, openBlock);
            trace.Tell($"{frame}: {error}");
            trace.See(frame.TypeName, error.Reason);
            foreach (Violation violation in violations)
            {
                trace.See("violation", violation.Rule);
            }

            Compare(frame, error, violations);
            if (error.Scope == ErrorScope.Connection)
            {
                return true;
            }

            openBlock = frame.Type is RawFrame.Headers or RawFrame.PushPromise or RawFrame.Continuation && !frame.IsEndHeaders ? frame.Stream : 0;
        }

        return false;
    }

    private static void Compare(RawFrame frame, in Http2Error error, List<Violation> violations)
    {
        if (violations.Count == 0)
        {
            Trace.Hold(error.IsNone, $"a sound frame got {error.Code}\n{frame}: {error}");
            return;
        }

        Http2ErrorCode code = error.Code;
        string rules = string.Join(", ", violations.Select(violation => violation.Rule));
        Trace.Hold(!error.IsNone, $"no error where there is one: {rules}\n{frame}");
        Trace.Hold(violations.Any(violation => violation.Code == code), $"a frame got {error.Code}: {rules}\n{frame}: {error}");

        // A stream error may be raised to a connection error (RFC 9113 5.4.1), not the other way round.
        bool mayStayStream = violations.Any(violation => !violation.EndsConnection);
        Trace.Hold(error.Scope == ErrorScope.Connection || mayStayStream, $"a frame has to end the connection: {rules}\n{frame}: {error}");
    }

    private static Http2Error Verdict(RawFrame frame, int openBlock)
    {
        FrameHeader header = FrameHeader.Read(frame.ToBytes());
        Http2Error error = FrameRules.Check(header, FrameHeader.DefaultMaxLength, new StreamId(openBlock));
        return error.IsNone ? PayloadVerdict(header, frame.Payload) : error;
    }

    private static Http2Error PayloadVerdict(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        switch (header.Type)
        {
            case FrameType.Data:
                return DataFrame.Parse(header, payload, out _);
            case FrameType.Headers:
                Http2Error error = HeadersFrame.Parse(header, payload, out HeadersFrame headers);
                return error.IsNone && headers.Priority is { } priority ? priority.Check(header.StreamId) : error;
            case FrameType.Priority:
                return PriorityFrame.Parse(header, payload, out _);
            case FrameType.PushPromise:
                return PushPromiseFrame.Parse(header, payload, out _);
            case FrameType.WindowUpdate:
                return WindowUpdateFrame.Parse(header, payload, out _);
            case FrameType.PriorityUpdate:
                return PriorityUpdateFrame.Parse(payload, out _);
            case FrameType.Settings:
                return SettingsVerdict(payload);
            default:
                return Http2Error.None;
        }
    }

    private static Http2Error SettingsVerdict(ReadOnlySpan<byte> payload)
    {
        var settings = new SettingsFrame(payload);
        for (int i = 0; i < settings.Count; i++)
        {
            Http2Error error = settings[i].Check(fromServer: false);
            if (!error.IsNone)
            {
                return error;
            }
        }

        return Http2Error.None;
    }
}
