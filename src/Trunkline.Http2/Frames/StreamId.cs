namespace Trunkline.Http2;

/// <summary>A 31-bit stream identifier (RFC 9113 5.1.1): 0 is the connection, odd ids are the client's, even ids the server's.</summary>
/// <param name="Value">The number.</param>
public readonly record struct StreamId(int Value) : IComparable<StreamId>
{
    /// <summary>The largest id, 2^31-1; after it a new connection is needed.</summary>
    public const int MaxValue = int.MaxValue;

    /// <summary>Stream 0, which stands for the connection.</summary>
    public static StreamId Connection => default;

    /// <summary>True for stream 0.</summary>
    public bool IsConnection => Value == 0;

    /// <summary>True for an id that a client opens.</summary>
    public bool IsClientOpened => (Value & 1) == 1;

    /// <summary>True for an id that a server opens.</summary>
    public bool IsServerOpened => Value != 0 && (Value & 1) == 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <(StreamId left, StreamId right) => left.Value < right.Value;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >(StreamId left, StreamId right) => left.Value > right.Value;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <=(StreamId left, StreamId right) => left.Value <= right.Value;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >=(StreamId left, StreamId right) => left.Value >= right.Value;

    /// <summary>Gives the next id of the same side; false when the ids are used up.</summary>
    /// <param name="next">The id after this one.</param>
    public bool TryNext(out StreamId next)
    {
        next = Value <= MaxValue - 2 ? new StreamId(Value + 2) : default;
        return !next.IsConnection;
    }

    /// <summary>Orders by number, which is the order of opening within one side.</summary>
    /// <param name="other">The other id.</param>
    public int CompareTo(StreamId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
