namespace Trunkline.Descriptors.Dynamic;

/// <summary>The order of map keys in deterministic output: false before true, numbers by value, texts by their bytes.</summary>
internal sealed class MapKeyOrder : IComparer<FieldValue>
{
    public static readonly MapKeyOrder Instance = new();

    public int Compare(FieldValue x, FieldValue y) => x.Kind switch
    {
        FieldValueKind.String => x.RawBytes.AsSpan().SequenceCompareTo(y.RawBytes),
        FieldValueKind.Int32 or FieldValueKind.Int64 => ((long)x.Bits).CompareTo((long)y.Bits),
        _ => x.Bits.CompareTo(y.Bits),
    };
}
