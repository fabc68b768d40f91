namespace Trunkline;

/// <summary>A call that ended with a status other than OK; thrown by a handler, it is the status that the client gets.</summary>
#pragma warning disable CA1032 // A status is what makes this exception; the parameterless forms would have none.
public class RpcException : Exception
#pragma warning restore CA1032
{
    /// <summary>Makes an exception.</summary>
    /// <param name="status">The status.</param>
    public RpcException(Status status)
        : this(status, Metadata.Empty)
    {
    }

    /// <summary>Makes an exception with a message of its own.</summary>
    /// <param name="status">The status.</param>
    /// <param name="message">The text of the exception; stays on this side.</param>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Makes an exception with trailers.</summary>
    /// <param name="status">The status.</param>
    /// <param name="trailers">Metadata that goes, or came, with the status.</param>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Makes an exception with trailers and a message of its own.</summary>
    /// <param name="status">The status.</param>
    /// <param name="trailers">Metadata that goes, or came, with the status.</param>
    /// <param name="message">The text of the exception; stays on this side.</param>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>The status.</summary>
    public Status Status { get; }

    /// <summary>The code of the status.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>Metadata that goes, or came, with the status.</summary>
    public Metadata Trailers { get; }

    /// <summary>What this library knows beside the status; null where the status came from the server.</summary>
    public CallFailure? Failure { get; internal init; }
}
