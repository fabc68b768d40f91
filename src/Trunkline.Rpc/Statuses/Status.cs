namespace Trunkline;

/// <summary>The status that a call ends with: a code and a text. Immutable.</summary>
public readonly struct Status : IEquatable<Status>
{
    private readonly string? _detail;

    /// <summary>Makes a status.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">The text for the caller; goes over the wire.</param>
    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, debugException: null)
    {
    }

    /// <summary>Makes a status with an exception that stays on this side.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">The text for the caller; goes over the wire.</param>
    /// <param name="debugException">What led to the status; never sent.</param>
    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        _detail = detail;
        DebugException = debugException;
    }

    /// <summary>OK without a text.</summary>
    public static Status DefaultSuccess => new(StatusCode.OK, "");

    /// <summary>CANCELLED without a text.</summary>
    public static Status DefaultCancelled => new(StatusCode.Cancelled, "");

    /// <summary>The code.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>The text; empty where there is none.</summary>
    public string Detail => _detail ?? "";

    /// <summary>What led to the status on this side; never sent and no part of equality.</summary>
    public Exception? DebugException { get; }

    /// <summary>Tells whether code and text are the same.</summary>
    /// <param name="left">One status.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Status left, Status right) => left.Equals(right);

    /// <summary>Tells whether code or text differ.</summary>
    /// <param name="left">One status.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Status left, Status right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Status other) => StatusCode == other.StatusCode && string.Equals(Detail, other.Detail, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Status other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StatusCode, Detail);

    /// <inheritdoc/>
    public override string ToString() => DebugException is null
        ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
        : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\", DebugException=\"{DebugException.GetType()}: {DebugException.Message}\")";
}
