namespace Trunkline.Http2.Hpack;

/// <summary>
/// Decides for fields whose sender does not (<see cref="Indexing.Automatic"/>). Most values come again, and enter the table at once. Those of a few names
/// seldom do, and would push the others out: they enter when they come for the second time (bench/Trunkline.HeaderBytes: web requests, web responses).
/// Secrets stay out of every table.
/// </summary>
internal sealed class IndexingPolicy
{
    /// <summary>Values of changing fields that are remembered: about two pages' worth of files. 4 bytes each, on connections that send such fields.</summary>
    public const int Remembered = 64;

    // A cookie that can be guessed must not be guessable by the size of requests (RFC 7541 7.1.3); a long one cannot be guessed.
    private const int ShortCookie = 20;

    private const int Cookie = 32;

    // Names by their first place in the static table (RFC 7541 Appendix A).
    private const ulong Secret =
        (1UL << 23) // authorization
        | (1UL << 49); // proxy-authorization

    private const ulong Changing =
        (1UL << 4) // :path
        | (1UL << 21) // age
        | (1UL << 28) // content-length
        | (1UL << 29) // content-location
        | (1UL << 30) // content-range
        | (1UL << 33) // date
        | (1UL << 34) // etag
        | (1UL << 36) // expires
        | (1UL << 40) // if-modified-since
        | (1UL << 41) // if-none-match
        | (1UL << 42) // if-range
        | (1UL << 43) // if-unmodified-since
        | (1UL << 44) // last-modified
        | (1UL << 46) // location
        | (1UL << 50) // range
        | (1UL << 55); // set-cookie

    private int[] _recent = [];
    private int _next;

    /// <summary>Whether the value of a field is a secret that no table may hold.</summary>
    /// <param name="staticName">The name's first place in the static table; 0 where it has none.</param>
    /// <param name="value">The value.</param>
    public static bool IsSecret(int staticName, ReadOnlySpan<byte> value) =>
        (Secret & (1UL << staticName)) != 0 || (staticName == Cookie && value.Length < ShortCookie);

    /// <summary>Decides for a field that is not known to come again.</summary>
    /// <param name="staticName">The name's first place in the static table; 0 where it has none.</param>
    /// <param name="value">The value.</param>
    /// <param name="field">The hash of name and value.</param>
    public Indexing Decide(int staticName, ReadOnlySpan<byte> value, int field) =>
        IsSecret(staticName, value) ? Indexing.Never
        : (Changing & (1UL << staticName)) == 0 || HasCome(field) ? Indexing.Incremental
        : Indexing.Without;

    private bool HasCome(int field)
    {
        if (_recent.AsSpan().Contains(field))
        {
            return true;
        }

        if (_recent.Length == 0)
        {
            _recent = new int[Remembered];
        }

        _recent[_next] = field;
        _next = (_next + 1) % Remembered;
        return false;
    }
}
