namespace Trunkline.Http2;

/// <summary>How a field may enter the dynamic table of the header compression (RFC 7541 6.2).</summary>
public enum Indexing : byte
{
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
