namespace Trunkline.Rpc;

/// <summary>Exceptions that are made off the hot path; each member makes one, the caller throws it.</summary>
internal static class ThrowHelper
{
    public static InvalidOperationException MarshallerDidNotComplete() =>
        new("The serializer returned without completing its SerializationContext.");

    public static InvalidOperationException HandlerReturnedNoTask(string method) =>
        new($"The handler of {method} returned null in place of a task.");

    public static InvalidOperationException HandlerYieldedNull() => new("The handler yielded null in place of a response.");

    public static InvalidOperationException MetadataIsReadOnly() =>
        new("This metadata is read-only: it is Metadata.Empty or was received. Copy the entries to a new Metadata to change them.");

    public static InvalidOperationException MetadataIsBinary(string key) =>
        new($"The metadata entry \"{key}\" carries bytes; read ValueBytes.");

    public static ArgumentException MetadataName(string key) =>
        new($"\"{key}\" cannot name metadata: names consist of letters, digits, \"_\", \"-\" and \".\" and are not empty.", nameof(key));

    public static ArgumentException MetadataText(string key, string value, int position) =>
        new(
            $"The value of metadata \"{key}\" has the character U+{(int)value[position]:X4} at position {position}; text metadata is printable ASCII. "
            + "Use a name that ends in \"-bin\" for other content.",
            nameof(value));

    public static InvalidOperationException CallNotOver(string what) =>
        new($"The call is still under way; its {what} is known once the response was awaited or the stream was read to its end.");

    public static InvalidOperationException RequestsCompleted() =>
        new("The request stream has been completed; nothing can be written to it any more.");

    public static InvalidOperationException NoCurrentMessage() =>
        new("There is no current message: MoveNext has not been called, or the stream is at its end.");

    public static InvalidOperationException ReadUnderWay() =>
        new("The stream is being read already; one MoveNext at a time.");

    public static InvalidOperationException ChannelClosed(string target) => new($"The channel to {target} was closed.");
}
