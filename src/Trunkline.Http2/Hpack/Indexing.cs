namespace Trunkline.Http2;

/// <summary>How a field may enter the dynamic table of the header compression (RFC 7541 6.2).</summary>
public enum Indexing : byte
{
    /// <summary>
    /// The encoder decides: a value enters the table at once, but under names whose values seldom come again (<c>:path</c>, <c>etag</c>,
    /// <c>content-length</c>, dates and the like) only when it comes for the second time, unless it is part of <see cref="PreparedFields"/>; never under
    /// <c>authorization</c> and <c>proxy-authorization</c>, nor as a <c>cookie</c> of fewer than 20 bytes.
    /// </summary>
    Automatic,

    /// <summary>Literal with incremental indexing: for values that come again on this connection.</summary>
    Incremental,

    /// <summary>
    /// Literal without indexing: for values that differ from call to call. The first short one may still enter the table, so that later ones can
    /// refer to its name; what must not is <see cref="Never"/>.
    /// </summary>
    Without,

    /// <summary>Never indexed, by any hop: for secrets (RFC 7541 7.1.3).</summary>
    Never,
}
