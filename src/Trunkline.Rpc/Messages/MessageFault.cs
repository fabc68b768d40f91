namespace Trunkline.Rpc.Messages;

/// <summary>What is wrong with a message, as far as it decides the status code.</summary>
internal enum MessageFaultKind : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Framing, compression or serialization are broken: INTERNAL.</summary>
    Broken,

    /// <summary>A size limit is passed: RESOURCE_EXHAUSTED.</summary>
    TooLarge,

    /// <summary>The coding is not known here: UNIMPLEMENTED where a server finds it, INTERNAL where a client does.</summary>
    UnknownCoding,

    /// <summary>The kind of call has one message in this direction, and there was none or more than one: UNIMPLEMENTED.</summary>
    WrongCount,
}

/// <summary>A fault of one message as a value; the default value means that there is none.</summary>
internal readonly struct MessageFault
{
    private MessageFault(MessageFaultKind kind, string text, Exception? cause = null)
    {
        Kind = kind;
        Text = text;
        Cause = cause;
    }

    public static MessageFault None => default;

    public MessageFaultKind Kind { get; }

    /// <summary>What happened, for the status; empty where there is no fault.</summary>
    public string Text { get => field ?? ""; }

    /// <summary>The exception behind it, for the log.</summary>
    public Exception? Cause { get; }

    public bool IsNone => Kind == MessageFaultKind.None;

    /// <summary>The status of a call that ends by the fault.</summary>
    public Status ToStatus() => new(
        Kind switch
        {
            MessageFaultKind.TooLarge => StatusCode.ResourceExhausted,
            MessageFaultKind.UnknownCoding or MessageFaultKind.WrongCount => StatusCode.Unimplemented,
            _ => StatusCode.Internal,
        },
        Text,
        Cause);

    public static MessageFault NoMessage() => new(MessageFaultKind.WrongCount, "The stream ended without a message; this kind of call has exactly one.");

    public static MessageFault SecondMessage() => new(MessageFaultKind.WrongCount, "A second message came; this kind of call has exactly one.");

    public static MessageFault UndefinedFlag(byte flag) =>
        new(MessageFaultKind.Broken, $"A message began with the flag {flag}; only 0 (plain) and 1 (compressed) are defined.");

    public static MessageFault Truncated(long missing) =>
        new(MessageFaultKind.Broken, $"The stream ended inside a message; at least {missing} more bytes were announced.");

    public static MessageFault ReceivedTooLarge(long actual, int limit) =>
        new(MessageFaultKind.TooLarge, $"A received message of {actual} bytes is over the limit of {limit} bytes (MaxReceiveMessageSize).");

    public static MessageFault InflatedTooLarge(int limit) =>
        new(MessageFaultKind.TooLarge, $"A received message is more than {limit} bytes long after decompression, which is the limit (MaxReceiveMessageSize).");

    public static MessageFault SentTooLarge(long actual, int limit) =>
        new(MessageFaultKind.TooLarge, $"A message of {actual} bytes to be sent is over the limit of {limit} bytes (MaxSendMessageSize).");

    public static MessageFault CompressedWithoutCoding() =>
        new(MessageFaultKind.Broken, "A message is flagged as compressed, but grpc-encoding names no compression.");

    public static MessageFault UnknownCoding(string coding) =>
        new(MessageFaultKind.UnknownCoding, $"The message coding '{coding}' (grpc-encoding) is not supported; supported are {MessageCodings.Names}.");

    public static MessageFault Corrupt(string coding, Exception? cause) =>
        new(MessageFaultKind.Broken, $"A message compressed with {coding} is corrupt.", cause);

    public static MessageFault CannotDeserialize(Exception cause) =>
        new(MessageFaultKind.Broken, $"A received message could not be deserialized: {cause.Message}", cause);

    public static MessageFault CannotSerialize(Exception cause) =>
        new(MessageFaultKind.Broken, $"A message to be sent could not be serialized: {cause.Message}", cause);
}
