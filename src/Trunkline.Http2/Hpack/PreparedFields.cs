using Trunkline.Http2.Hpack;

namespace Trunkline.Http2;

/// <summary>
/// Fields that are the same in many header blocks: an immutable list with an identity. Each connection encodes it once and repeats the bytes for
/// as long as its dynamic table has not moved, so that a header block costs one copy.
/// </summary>
public sealed class PreparedFields
{
    /// <summary>Freezes a copy of the list.</summary>
    /// <param name="fields">The fields, pseudo fields first.</param>
    public PreparedFields(FieldSection fields)
    {
        Fields = fields.Clone();
        for (int i = 0; i < fields.Count; i++)
        {
            HasPriority |= FieldNames.Find(fields.Name(i)) == FieldName.Priority;
        }
    }

    /// <summary>Whether a <c>priority</c> field is among them, which the sending side heeds as well (RFC 9218 8).</summary>
    internal bool HasPriority { get; }

    /// <summary>The fields; not to be changed.</summary>
    internal FieldSection Fields { get; }

    /// <summary>The size as SETTINGS_MAX_HEADER_LIST_SIZE counts it, in bytes.</summary>
    public int ListSize => Fields.ListSize;
}
