namespace Trunkline.Architecture.Tests.Walls;

/// <summary>The rings of Trunkline.Http2.</summary>
internal static class Http2Rooms
{
    /// <summary>Rings that do no I/O, take no lock and read no clock: values and decisions only, driven by the rings around them.</summary>
    public static readonly string[] Pure = ["Errors", "Hpack", "Frames", "Fields", "Streams", "FlowControl", "Limits", "Scheduling", "Push"];

    public static readonly Rooms Rooms = new(
        "Trunkline.Http2",
        InnermostFirst: [.. Pure, "Transports", "Connections"],
        Beside: ["Diagnostics"],
        Allowed:
        [
            new("Hpack", "Errors", "a broken header block is an error value"),
            new("Frames", "Errors", "a frame that breaks a rule is an error value"),
            new("Streams", "Frames", "a stream is named by the id that frames carry"),
            new("Fields", "Errors", "a malformed request or response is an error value"),
            new("Fields", "Hpack", "a field carries the name token and the tag of its table entry"),
            new("Streams", "Errors", "an event that the state forbids is an error value"),
            new("FlowControl", "Errors", "an overflowing window is an error value"),
            new("Limits", "Errors", "a spent budget is an error value"),
            new("Limits", "Hpack", "the bound on CONTINUATION follows from how far above its limit a header list may go"),
            new("Limits", "Frames", "the bound on CONTINUATION counts frames of full length"),
            new("Scheduling", "Errors", "a refused write is an error value"),
            new("Scheduling", "Frames", "who goes next is told by the id that frames carry, a chunk is at most one frame"),
            new("Scheduling", "Fields", "a stream's priority is said in a field of its head"),
            new("Scheduling", "FlowControl", "who has no credit cannot go next"),
            new("Push", "Errors", "a request that may not be pushed is an error value"),
            new("Push", "Hpack", "a request on its way out is a list of fields; names have tokens"),
            new("Push", "Fields", "a promised request keeps to the rules for requests"),
            new("Transports", "Errors", "a failed link ends its connection with an error value"),
            new("Connections", "Errors", "errors end streams and connections"),
            new("Connections", "Hpack", "the connection owns one decoder and one encoder"),
            new("Connections", "Frames", "the read loop parses frames, the output gate writes them"),
            new("Connections", "Fields", "header blocks go through the rules for requests and responses"),
            new("Connections", "Streams", "each live stream has a state"),
            new("Connections", "FlowControl", "connection and streams have windows both ways"),
            new("Connections", "Limits", "each attack is charged to a budget"),
            new("Connections", "Scheduling", "the output gate asks who writes next"),
            new("Connections", "Push", "promises are counted and judged before they are made or offered"),
            new("Connections", "Transports", "a connection runs over a link"),
            new("Diagnostics", "Errors", "log lines name error codes"),
            new("Diagnostics", "Frames", "the frame trace prints frames"),
            new("Diagnostics", "Hpack", "the frame trace decodes header blocks"),
            new("Diagnostics", "Streams", "log lines name the states of streams, the frame trace follows them"),
            new("Diagnostics", "Transports", "log lines name end points"),
        ],
        Pairs: []);
}
