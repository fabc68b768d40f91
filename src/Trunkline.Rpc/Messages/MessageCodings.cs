namespace Trunkline.Rpc.Messages;

/// <summary>The codings of messages known here, and the negotiation of them (gRPC's compression document).</summary>
internal static class MessageCodings
{
    /// <summary>The names as <c>grpc-accept-encoding</c> lists them.</summary>
    public const string Names = "identity, deflate, gzip";

    private static readonly MessageCoding[] All = [new GzipCoding(), new DeflateCoding()];

    /// <summary>The value of <c>grpc-accept-encoding</c>.</summary>
    public static ReadOnlySpan<byte> AcceptEncoding => "identity,deflate,gzip"u8;

    public static MessageCoding Gzip => All[0];

    private static ReadOnlySpan<byte> Identity => "identity"u8;

    /// <summary>Finds a coding by its name on the wire.</summary>
    /// <param name="name">The value of <c>grpc-encoding</c>.</param>
    /// <param name="coding">The coding; null for <c>identity</c>.</param>
    /// <returns>False for a name that is not known here.</returns>
    public static bool TryFind(ReadOnlySpan<byte> name, out MessageCoding? coding)
    {
        foreach (MessageCoding candidate in All)
        {
            if (name.SequenceEqual(candidate.NameBytes))
            {
                coding = candidate;
                return true;
            }
        }

        coding = null;
        return name.IsEmpty || name.SequenceEqual(Identity);
    }

    /// <summary>Finds a coding by name; null for <c>identity</c> and for names that are not known here.</summary>
    public static MessageCoding? Find(string name) => Array.Find(All, coding => string.Equals(coding.Name, name, StringComparison.Ordinal));

    /// <summary>Tells whether a list such as that of <c>grpc-accept-encoding</c> has the coding.</summary>
    public static bool Lists(ReadOnlySpan<byte> acceptEncoding, MessageCoding coding)
    {
        foreach (Range part in acceptEncoding.Split((byte)','))
        {
            if (acceptEncoding[part].Trim((byte)' ').SequenceEqual(coding.NameBytes))
            {
                return true;
            }
        }

        return false;
    }
}
