namespace Trunkline.Http2;

/// <summary>An <see cref="Http2Error"/> at the public edge, where a value cannot travel.</summary>
public sealed class Http2Exception : IOException
{
    /// <summary>Wraps an error.</summary>
    /// <param name="error">The error; its cause becomes the inner exception.</param>
    public Http2Exception(in Http2Error error)
        : base(error.ToString(), error.Cause) => Error = error;

    /// <summary>The error.</summary>
    public Http2Error Error { get; }
}
