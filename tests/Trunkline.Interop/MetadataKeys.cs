namespace Trunkline.Interop;

/// <summary>Names of metadata with a meaning to the interop service.</summary>
internal static class MetadataKeys
{
    /// <summary>Comes back in the initial metadata.</summary>
    public const string EchoInitial = "x-grpc-test-echo-initial";

    /// <summary>Comes back in the trailing metadata.</summary>
    public const string EchoTrailing = "x-grpc-test-echo-trailing-bin";

    // Ours, beside the standard ones: with them a client learns what the server saw of a call's deadline and of its end.

    /// <summary>Asks a unary call's server for <see cref="Deadline"/>.</summary>
    public const string AskDeadline = "x-trunkline-ask-deadline";

    /// <summary>The milliseconds that the server saw left, -1 without a deadline.</summary>
    public const string Deadline = "x-trunkline-deadline-ms";

    /// <summary>Makes the server remember, under this value, when a full duplex call is cancelled.</summary>
    public const string Watch = "x-trunkline-watch";

    /// <summary>Makes a unary call wait for the cancellation of the call remembered under this value; answered with <see cref="Ended"/>.</summary>
    public const string AwaitEnd = "x-trunkline-await-end";

    /// <summary><c>cancelled</c>, or <c>unknown</c> when the cancellation did not come.</summary>
    public const string Ended = "x-trunkline-ended";
}
