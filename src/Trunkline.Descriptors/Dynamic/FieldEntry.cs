namespace Trunkline.Descriptors.Dynamic;

/// <summary>A set field of a message: a single value, a list, or the entries of a map.</summary>
internal struct FieldEntry(FieldSchema field)
{
    public readonly FieldSchema Field = field;

    public FieldValue Single;

    public List<FieldValue>? List;

    public MapEntries? Map;

    public readonly int Count => List?.Count ?? Map?.All.Count ?? 1;
}
