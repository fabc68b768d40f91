namespace Trunkline.Architecture.Tests.Walls;

/// <summary>The rooms of Trunkline.Rpc.</summary>
internal static class RpcRooms
{
    public static readonly Rooms Rooms = new(
        "Trunkline.Rpc",
        InnermostFirst:
        [
            "Headers", "Statuses", "Security", "Methods", "Messages", "Deadlines", "Dispatching", "Clients", "Interception", "Channels", "Servers",
        ],
        Beside: ["Diagnostics"],
        Allowed:
        [
            new("Statuses", "Headers", "an exception carries trailers, and a status is read from header fields"),
            new("Methods", "Headers", "a handler's context has metadata"),
            new("Methods", "Statuses", "a handler's context has a status; streams end with one"),
            new("Methods", "Security", "a handler's context tells who calls"),
            new("Messages", "Headers", "codings are named by header fields"),
            new("Messages", "Statuses", "a message that cannot be read ends its call with a status"),
            new("Messages", "Methods", "messages go through the method's marshallers"),
            new("Clients", "Headers", "requests and responses have metadata"),
            new("Clients", "Statuses", "a call ends with a status"),
            new("Clients", "Methods", "a call is made for a method"),
            new("Clients", "Messages", "a call frames and deframes messages"),
            new("Clients", "Deadlines", "a call may have a deadline"),
            new("Clients", "Dispatching", "calls complete outside the read loop"),
            new("Interception", "Headers", "interceptors add metadata"),
            new("Interception", "Statuses", "interceptors see how calls end"),
            new("Interception", "Methods", "interceptors see the method and wrap handlers"),
            new("Interception", "Clients", "interceptors wrap an invoker and its calls"),
            new("Channels", "Headers", "what all requests of a channel share is encoded once"),
            new("Channels", "Statuses", "a connection that fails gives its waiting calls a status"),
            new("Channels", "Security", "a channel has credentials"),
            new("Channels", "Methods", "request headers are prepared for each method"),
            new("Channels", "Messages", "a channel announces the codings it takes"),
            new("Channels", "Deadlines", "the calls of a channel share one timer"),
            new("Channels", "Dispatching", "the calls of a channel complete through one fan"),
            new("Channels", "Clients", "a channel's invoker makes the calls"),
            new("Channels", "Interception", "a client's base and a channel can be intercepted"),
            new("Servers", "Headers", "requests and responses have metadata"),
            new("Servers", "Statuses", "a call ends with a status"),
            new("Servers", "Security", "a port has credentials, a peer an identity"),
            new("Servers", "Methods", "calls are routed to methods and their handlers"),
            new("Servers", "Messages", "a call frames and deframes messages"),
            new("Servers", "Deadlines", "a call's deadline is enforced here too"),
            new("Servers", "Dispatching", "handlers run outside the read loop"),
            new("Diagnostics", "Statuses", "log lines name status codes"),
            new("Diagnostics", "Channels", "log lines name a channel's states"),
        ],
        Pairs: [new("Clients", "Channels", "a call waits for, and runs on, its channel's connection: one topic in two rooms, for size")]);
}
