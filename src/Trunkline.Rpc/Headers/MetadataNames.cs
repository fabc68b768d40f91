using System.Buffers;

namespace Trunkline.Rpc.Headers;

/// <summary>The rules for names and values of metadata (gRPC over HTTP/2, "Requests", Custom-Metadata).</summary>
internal static class MetadataNames
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz_-.");

    public static bool IsBinary(ReadOnlySpan<char> name) => name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.Ordinal);

    public static bool IsBinary(ReadOnlySpan<byte> name) => name.EndsWith("-bin"u8);

    /// <summary>Gives the name in lower case, or throws when it cannot be one.</summary>
    public static string Normalize(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length > 0 && !key.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            return key;
        }

#pragma warning disable CA1308 // Metadata names are lower case by definition.
        string lower = key.ToLowerInvariant();
#pragma warning restore CA1308
        if (lower.Length == 0 || lower.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            throw ThrowHelper.MetadataName(key);
        }

        return lower;
    }

    /// <summary>Throws for text that would not arrive as it is: only 0x20 up to 0x7E may travel.</summary>
    public static void CheckText(string key, string value)
    {
        int bad = value.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (bad >= 0)
        {
            throw ThrowHelper.MetadataText(key, value, bad);
        }
    }
}
