namespace Trunkline.Http2.Push;

/// <summary>
/// The origins, scheme and authority, that requests on a connection have named. A promise is for one of them: what the client has itself asked of this
/// server is what it takes the server to be authoritative for (RFC 9113 8.4, 10.1). One thread at a time notes, any thread asks.
/// </summary>
internal sealed class KnownOrigins
{
    /// <summary>Origins remembered: a connection serves one as a rule, a few where hosts share a certificate. About 100 bytes each.</summary>
    public const int Capacity = 16;

    // Replaced, never changed: whoever asks needs no lock.
    private (byte[] Scheme, byte[] Authority)[] _origins = [];

    /// <summary>Remembers an origin; past <see cref="Capacity"/> further ones are not taken up.</summary>
    public void Note(ReadOnlySpan<byte> scheme, ReadOnlySpan<byte> authority)
    {
        if (scheme.IsEmpty || authority.IsEmpty || _origins.Length == Capacity || Contains(scheme, authority))
        {
            return;
        }

        Volatile.Write(ref _origins, [.. _origins, (scheme.ToArray(), authority.ToArray())]);
    }

    /// <summary>Whether a request has named the origin. Neither part minds upper case (RFC 3986 6.2.2.1).</summary>
    public bool Contains(ReadOnlySpan<byte> scheme, ReadOnlySpan<byte> authority)
    {
        foreach ((byte[] knownScheme, byte[] knownAuthority) in Volatile.Read(ref _origins))
        {
            if (System.Text.Ascii.EqualsIgnoreCase(knownAuthority, authority) && System.Text.Ascii.EqualsIgnoreCase(knownScheme, scheme))
            {
                return true;
            }
        }

        return false;
    }
}
