namespace Trunkline.Http2.Hpack;

/// <summary>What an encoder remembers of prepared fields: their bytes, and the version of the table for which these hold.</summary>
internal sealed class PreparedEncodings
{
    // A client prepares one block per method, a server two or three per content type. Past this many the memory is worth more than the copies.
    private const int MaxCount = 256;

    private readonly Dictionary<PreparedFields, Encoding> _encodings = [];

    /// <summary>Finds bytes that still hold.</summary>
    public bool TryGet(PreparedFields prepared, long version, out ReadOnlySpan<byte> bytes)
    {
        if (_encodings.TryGetValue(prepared, out Encoding encoding) && encoding.Version == version)
        {
            bytes = encoding.Bytes.AsSpan(0, encoding.Length);
            return true;
        }

        bytes = default;
        return false;
    }

    /// <summary>Remembers the bytes that prepared fields came to, for one version of the table.</summary>
    public void Keep(PreparedFields prepared, long version, ReadOnlySpan<byte> bytes)
    {
        if (_encodings.Count == MaxCount && !_encodings.ContainsKey(prepared))
        {
            _encodings.Clear();
        }

        byte[] kept = _encodings.TryGetValue(prepared, out Encoding old) && old.Bytes.Length >= bytes.Length ? old.Bytes : new byte[bytes.Length];
        bytes.CopyTo(kept);
        _encodings[prepared] = new Encoding(version, kept, bytes.Length);
    }

    private readonly record struct Encoding(long Version, byte[] Bytes, int Length);
}
