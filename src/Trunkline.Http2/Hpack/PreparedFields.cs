namespace Trunkline.Http2;

/// <summary>
/// Fields that are the same in many header blocks: an immutable list with an identity. Each connection encodes it once and repeats the bytes for
/// as long as its dynamic table has not moved, so that a header block costs one copy.
/// </summary>
public sealed class PreparedFields
{
    /// <summary>Freezes a copy of the list.</summary>
    /// <param name="fields">The fields, pseudo fields first.</param>
    public PreparedFields(FieldSection fields) => Fields = fields.Clone();

    /// <summary>The fields; not to be changed.</summary>
    internal FieldSection Fields { get; }

    /// <summary>The size as SETTINGS_MAX_HEADER_LIST_SIZE counts it, in bytes.</summary>
    public int ListSize => Fields.ListSize;
}
