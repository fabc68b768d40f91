namespace Trunkline;

/// <summary>The result of a call (gRPC status codes).</summary>
public enum StatusCode
{
    /// <summary>The call succeeded.</summary>
    OK = 0,

    /// <summary>The call was cancelled, usually by its caller.</summary>
    Cancelled = 1,

    /// <summary>An error without a better code, such as an exception in the handler.</summary>
    Unknown = 2,

    /// <summary>The client gave an argument that is wrong whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed first. The operation may have been done all the same.</summary>
    DeadlineExceeded = 4,

    /// <summary>Something asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>Something to be created exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A limit was reached: a quota, a size, memory.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state that the operation needs; do not repeat before that is mended.</summary>
    FailedPrecondition = 9,

    /// <summary>The operation was aborted, such as by a conflict; repeat at a higher level.</summary>
    Aborted = 10,

    /// <summary>The operation went past the valid range.</summary>
    OutOfRange = 11,

    /// <summary>The method does not exist or is not supported.</summary>
    Unimplemented = 12,

    /// <summary>An invariant of the system or of the protocol is broken.</summary>
    Internal = 13,

    /// <summary>The service cannot be reached now; usually worth repeating after a pause.</summary>
    Unavailable = 14,

    /// <summary>Data was lost or corrupted beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller is not known.</summary>
    Unauthenticated = 16,
}
