using Trunkline.Http2.Streams;

namespace Trunkline.Http2.Tests.Streams;

/// <summary>Every state times every event (RFC 9113 5.1).</summary>
public class StreamStateTests
{
    // Columns: idle, reserved (local), reserved (remote), open, half-closed (local), half-closed (remote), and closed by END_STREAM on both sides (cE),
    // by a received RST_STREAM (cR), by a sent one (cS), by the end of the connection (cC). Cells: the next state, or the error that leaves the state
    // as it was: C:P and C:S end the connection with PROTOCOL_ERROR and STREAM_CLOSED, S:S is a stream error STREAM_CLOSED, and `no` is what this side
    // must not send.
    private const string Table = """
        event                 idle rl   rr   open hl   hr   cE   cR   cS   cC
        receive-HEADERS       open C:P  hl   open hl   S:S  C:S  S:S  cS   cC
        receive-HEADERS+ES    hr   C:P  cE   hr   cE   S:S  C:S  S:S  cS   cC
        receive-DATA          C:P  C:P  C:P  open hl   S:S  C:S  S:S  cS   cC
        receive-DATA+ES       C:P  C:P  C:P  hr   cE   S:S  C:S  S:S  cS   cC
        receive-RST_STREAM    C:P  cR   cR   cR   cR   cR   cE   cR   cS   cC
        receive-WINDOW_UPDATE C:P  rl   C:P  open hl   hr   cE   S:S  cS   cC
        receive-PRIORITY      idle rl   rr   open hl   hr   cE   cR   cS   cC
        receive-PUSH_PROMISE  C:P  C:P  C:P  open hl   C:P  C:P  C:P  cS   cC
        promised-by-peer      rr   C:P  C:P  C:P  C:P  C:P  C:P  C:P  C:P  C:P
        send-HEADERS          open hr   no   open no   hr   no   no   no   no
        send-HEADERS+ES       hl   cE   no   hl   no   cE   no   no   no   no
        send-DATA             no   no   no   open no   hr   no   no   no   no
        send-DATA+ES          no   no   no   hl   no   cE   no   no   no   no
        send-RST_STREAM       no   cS   cS   cS   cS   cS   no   no   no   no
        send-WINDOW_UPDATE    no   no   rr   open hl   hr   no   no   no   no
        send-PUSH_PROMISE     no   no   no   open no   hr   no   no   no   no
        promised-by-us        rl   no   no   no   no   no   no   no   no   no
        connection-ends       cC   cC   cC   cC   cC   cC   cE   cR   cS   cC
        """;

    public static TheoryData<string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string>();
        string[][] rows = [.. Table.Split('\n').Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        foreach (string[] row in rows[1..])
        {
            for (int column = 1; column < row.Length; column++)
            {
                cells.Add(rows[0][column], row[0], row[column]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Event_InState_LeadsTo(string before, string happens, string expected)
    {
        StreamState state = In(before);
        Http2Error error = Apply(ref state, happens);
        string outcome = error.IsNone ? Name(state) : Name(error, happens);
        Assert.Equal(expected, outcome);
        Assert.Equal(error.IsNone ? expected : before, Name(state));
    }

    [Fact]
    public void Table_EveryStateAndEvent_IsCovered() => Assert.Equal(18 * 10, Cells().Count);

    [Theory]
    [InlineData("cR", Http2ErrorCode.RefusedStream)]
    [InlineData("cS", Http2ErrorCode.Cancel)]
    [InlineData("cE", Http2ErrorCode.NoError)]
    public void ResetCode_Closed_IsKept(string closed, Http2ErrorCode code) => Assert.Equal(code, In(closed).ResetCode);

    [Theory]
    [InlineData("idle rl rr cE cR cS cC", false)]
    [InlineData("open hl hr", true)]
    public void IsCounted_ByState_ReservedAndClosedDoNotCount(string states, bool expected) =>
        Assert.All(states.Split(' '), name => Assert.Equal(expected, In(name).IsCounted));

    [Fact]
    public void IgnoresFrames_AfterSentReset_UntilForgotten()
    {
        Assert.True(In("cS").IgnoresFrames);
        Assert.True(In("cC").IgnoresFrames);
        Assert.All(["idle", "open", "hl", "hr", "cE", "cR"], name => Assert.False(In(name).IgnoresFrames));
    }

    private static StreamState In(string name)
    {
        StreamState state = StreamState.Idle;
        string path = name switch
        {
            "idle" => "",
            "rl" => "promised-by-us",
            "rr" => "promised-by-peer",
            "open" => "receive-HEADERS",
            "hl" => "send-HEADERS+ES",
            "hr" => "receive-HEADERS+ES",
            "cE" => "receive-HEADERS+ES send-HEADERS+ES",
            "cR" => "send-HEADERS receive-RST_STREAM",
            "cS" => "send-HEADERS send-RST_STREAM",
            _ => "send-HEADERS connection-ends",
        };
        foreach (string step in path.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.True(Apply(ref state, step).IsNone);
        }

        return state;
    }

    private static Http2Error Apply(ref StreamState state, string happens)
    {
        switch (happens)
        {
            case "receive-HEADERS": return state.ReceiveHeaders(endStream: false);
            case "receive-HEADERS+ES": return state.ReceiveHeaders(endStream: true);
            case "receive-DATA": return state.ReceiveData(endStream: false);
            case "receive-DATA+ES": return state.ReceiveData(endStream: true);
            case "receive-RST_STREAM": return state.ReceiveReset(Http2ErrorCode.RefusedStream);
            case "receive-WINDOW_UPDATE": return state.ReceiveWindowUpdate();
            case "receive-PRIORITY": return state.ReceivePriority();
            case "receive-PUSH_PROMISE": return state.ReceivePushPromise();
            case "promised-by-peer": return state.ReserveRemote();
            case "send-HEADERS": return state.SendHeaders(endStream: false);
            case "send-HEADERS+ES": return state.SendHeaders(endStream: true);
            case "send-DATA": return state.SendData(endStream: false);
            case "send-DATA+ES": return state.SendData(endStream: true);
            case "send-RST_STREAM": return state.SendReset(Http2ErrorCode.Cancel);
            case "send-WINDOW_UPDATE": return state.SendWindowUpdate();
            case "send-PUSH_PROMISE": return state.SendPushPromise();
            case "promised-by-us": return state.ReserveLocal();
            default:
                state.EndWithConnection();
                return Http2Error.None;
        }
    }

    private static string Name(StreamState state) => (state.Phase, state.Cause) switch
    {
        (StreamPhase.Idle, CloseCause.None) => "idle",
        (StreamPhase.ReservedLocal, CloseCause.None) => "rl",
        (StreamPhase.ReservedRemote, CloseCause.None) => "rr",
        (StreamPhase.Open, CloseCause.None) => "open",
        (StreamPhase.HalfClosedLocal, CloseCause.None) => "hl",
        (StreamPhase.HalfClosedRemote, CloseCause.None) => "hr",
        (StreamPhase.Closed, CloseCause.EndStream) => "cE",
        (StreamPhase.Closed, CloseCause.ResetReceived) => "cR",
        (StreamPhase.Closed, CloseCause.ResetSent) => "cS",
        (StreamPhase.Closed, CloseCause.ConnectionEnded) => "cC",
        _ => state.ToString(),
    };

    private static string Name(in Http2Error error, string happens)
    {
        bool isSending = happens.StartsWith("send-", StringComparison.Ordinal) || happens == "promised-by-us";
        return (error.Scope, error.Code) switch
        {
            (ErrorScope.Connection, Http2ErrorCode.ProtocolError) => "C:P",
            (ErrorScope.Connection, Http2ErrorCode.StreamClosed) => "C:S",
            (ErrorScope.Stream, Http2ErrorCode.StreamClosed) => isSending ? "no" : "S:S",
            _ => error.ToString(),
        };
    }
}
