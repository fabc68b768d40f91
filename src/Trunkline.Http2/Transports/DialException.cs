namespace Trunkline.Http2;

/// <summary>How far an attempt to make a link came.</summary>
public enum DialPhase
{
    /// <summary>The name could not be turned into addresses.</summary>
    Resolve,

    /// <summary>No address could be connected to.</summary>
    Connect,

    /// <summary>The TLS handshake failed, or did not agree on HTTP/2.</summary>
    Tls,
}

/// <summary>No link could be made. The message lists what was tried and what each attempt said.</summary>
public sealed class DialException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="phase">How far the attempt came.</param>
    /// <param name="message">What was tried, what was said, and what to do.</param>
    /// <param name="innerException">The last failure.</param>
    public DialException(DialPhase phase, string message, Exception? innerException)
        : base(message, innerException) => Phase = phase;

    /// <summary>How far the attempt came.</summary>
    public DialPhase Phase { get; }
}
