using Trunkline.Http2;

namespace Trunkline.Fuzz.Frames;

/// <summary>What a frame breaks.</summary>
/// <param name="EndsConnection">Whether it ends the connection; else the stream.</param>
/// <param name="Code">The code that RFC 9113 names.</param>
/// <param name="Rule">The rule in words.</param>
internal readonly record struct Violation(bool EndsConnection, Http2ErrorCode Code, string Rule);

/// <summary>
/// The rules of RFC 9113 4 and 6, and of RFC 9218 7.1, that need no memory but that of an open header block, as a list of sentences. A frame may break several; which one a
/// receiver names first is its choice, so all are given.
/// </summary>
internal static class ReferenceRules
{
    private const int MaxLength = 16_384;

    private static readonly byte[] OnStreams = [RawFrame.Data, RawFrame.Headers, RawFrame.Priority, RawFrame.RstStream, RawFrame.PushPromise, RawFrame.Continuation];
    private static readonly byte[] OnConnection = [RawFrame.Settings, RawFrame.Ping, RawFrame.GoAway, RawFrame.PriorityUpdate];
    private static readonly byte[] LengthEndsStream = [RawFrame.Data, RawFrame.Priority, RawFrame.RstStream, RawFrame.WindowUpdate];

    /// <summary>Everything that is wrong with a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="openBlock">The stream whose header block is not whole; 0 when none is.</param>
    /// <param name="isReceivedByServer">Who receives it.</param>
    public static List<Violation> Judge(RawFrame frame, int openBlock, bool isReceivedByServer)
    {
        List<Violation> found = [];
        found.AddRange(Place(frame, openBlock));
        found.AddRange(Length(frame));
        if (found.Count == 0)
        {
            found.AddRange(frame.Type switch
            {
                RawFrame.Data or RawFrame.Headers or RawFrame.PushPromise => Padding(frame).Concat(Dependency(frame)),
                RawFrame.Priority when (frame.Number(0) & int.MaxValue) == frame.Stream => [Stream(Http2ErrorCode.ProtocolError, "depends on itself")],
                RawFrame.WindowUpdate when (frame.Number(0) & int.MaxValue) == 0 => [new Violation(frame.Stream == 0, Http2ErrorCode.ProtocolError, "increment 0")],
                RawFrame.PriorityUpdate when !isReceivedByServer => [Connection(Http2ErrorCode.ProtocolError, "PRIORITY_UPDATE from a server")],
                RawFrame.PriorityUpdate when (frame.Number(0) & int.MaxValue) == 0 => [Connection(Http2ErrorCode.ProtocolError, "names stream 0")],
                RawFrame.Settings => Settings(frame, isReceivedByServer),
                _ => [],
            });
        }

        return found;
    }

    private static IEnumerable<Violation> Place(RawFrame frame, int openBlock)
    {
        if (openBlock != 0 && (frame.Type != RawFrame.Continuation || frame.Stream != openBlock))
        {
            yield return Connection(Http2ErrorCode.ProtocolError, "inside a header block");
        }

        if (openBlock == 0 && frame.Type == RawFrame.Continuation)
        {
            yield return Connection(Http2ErrorCode.ProtocolError, "CONTINUATION without a block");
        }

        if (OnStreams.Contains(frame.Type) && frame.Stream == 0)
        {
            yield return Connection(Http2ErrorCode.ProtocolError, "on stream 0");
        }

        if (OnConnection.Contains(frame.Type) && frame.Stream != 0)
        {
            yield return Connection(Http2ErrorCode.ProtocolError, "not on stream 0");
        }
    }

    private static IEnumerable<Violation> Length(RawFrame frame)
    {
        int length = frame.Payload.Length;
        if (length > MaxLength)
        {
            yield return new Violation(frame.Stream == 0 || !LengthEndsStream.Contains(frame.Type), Http2ErrorCode.FrameSizeError, "too long");
        }

        bool isWrong = frame.Type switch
        {
            RawFrame.Priority => length != 5,
            RawFrame.RstStream or RawFrame.WindowUpdate => length != 4,
            RawFrame.Ping => length != 8,
            RawFrame.GoAway => length < 8,
            RawFrame.PushPromise or RawFrame.PriorityUpdate => length < 4,
            RawFrame.Settings => frame.IsAck ? length != 0 : length % 6 != 0,
            RawFrame.Data => frame.IsPadded && length == 0,
            RawFrame.Headers => length < (frame.IsPadded ? 1 : 0) + (HasPriority(frame) ? 5 : 0),
            _ => false,
        };
        if (isWrong)
        {
            yield return new Violation(frame.Type != RawFrame.Priority, Http2ErrorCode.FrameSizeError, "wrong length");

            // A field that the frame is too short for may as well be called missing.
            yield return new Violation(frame.Type != RawFrame.Priority, Http2ErrorCode.ProtocolError, "field missing");
        }
    }

    private static IEnumerable<Violation> Padding(RawFrame frame)
    {
        if (!frame.IsPadded)
        {
            yield break;
        }

        int fixedFields = frame.Type switch { RawFrame.Headers when HasPriority(frame) => 5, RawFrame.PushPromise => 4, _ => 0 };
        if (frame.Payload[0] + 1 + fixedFields > frame.Payload.Length)
        {
            yield return Connection(Http2ErrorCode.ProtocolError, "padding longer than the frame");
        }
    }

    private static IEnumerable<Violation> Dependency(RawFrame frame)
    {
        if (frame.Type == RawFrame.Headers && HasPriority(frame) && (frame.Number(frame.IsPadded ? 1 : 0) & int.MaxValue) == frame.Stream)
        {
            yield return Stream(Http2ErrorCode.ProtocolError, "depends on itself");
        }
    }

    private static IEnumerable<Violation> Settings(RawFrame frame, bool isReceivedByServer)
    {
        for (int i = 0; i + 6 <= frame.Payload.Length; i += 6)
        {
            int id = (frame.Payload[i] << 8) | frame.Payload[i + 1];
            uint value = frame.Number(i + 2);
            bool isWrong = id switch
            {
                2 => value > (isReceivedByServer ? 1 : 0),
                4 => value > int.MaxValue,
                5 => value is < 16_384 or > 16_777_215,
                8 or 9 => value > 1,
                _ => false,
            };
            if (isWrong)
            {
                yield return Connection(id == 4 ? Http2ErrorCode.FlowControlError : Http2ErrorCode.ProtocolError, $"setting {id} out of range");
            }
        }
    }

    private static bool HasPriority(RawFrame frame) => (frame.Flags & RawFrame.PriorityFlag) != 0;

    private static Violation Connection(Http2ErrorCode code, string rule) => new(EndsConnection: true, code, rule);

    private static Violation Stream(Http2ErrorCode code, string rule) => new(EndsConnection: false, code, rule);
}
