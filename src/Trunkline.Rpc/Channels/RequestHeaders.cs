using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Trunkline.Http2;
using Trunkline.Rpc.Headers;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Channels;

/// <summary>
/// The constant part of each method's request headers (gRPC over HTTP/2, "Requests"), made once a channel, so that a connection encodes it once and
/// repeats the bytes.
/// </summary>
internal sealed class RequestHeaders(string scheme, string authority, string userAgent)
{
    /// <summary>Methods and authorities made up at run time must not gather without end.</summary>
    private const int MaxKept = 4096;

    private readonly ConcurrentDictionary<Key, PreparedFields> _prepared = new();

    /// <summary>Gives the headers of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority to name; null for the channel's.</param>
    /// <param name="coding">The compression of requests; null for none.</param>
    public PreparedFields Get(IMethod method, string? host, MessageCoding? coding)
    {
        var key = new Key(method, host, coding);
        if (_prepared.TryGetValue(key, out PreparedFields? prepared))
        {
            return prepared;
        }

        prepared = Make(method, host ?? authority, coding);
        if (_prepared.Count < MaxKept)
        {
            _prepared.TryAdd(key, prepared);
        }

        return prepared;
    }

    private PreparedFields Make(IMethod method, string host, MessageCoding? coding)
    {
        var fields = new FieldSection();
        fields.Add(":method"u8, "POST"u8);
        fields.Add(":scheme", scheme);
        fields.Add(":path", method.FullName);
        fields.Add(":authority", host);
        fields.Add("te"u8, "trailers"u8);
        fields.Add("content-type"u8, GrpcContentType.Value);
        if (coding is not null)
        {
            fields.Add("grpc-encoding"u8, coding.NameBytes);
        }

        fields.Add("grpc-accept-encoding"u8, MessageCodings.AcceptEncoding);
        fields.Add("user-agent"u8, Encoding.ASCII.GetBytes(userAgent));
        return new PreparedFields(fields);
    }

    /// <summary>Methods are compared as objects: generated code makes each once.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Key(IMethod method, string? host, MessageCoding? coding) : IEquatable<Key>
    {
        private readonly IMethod _method = method;
        private readonly string? _host = host;
        private readonly MessageCoding? _coding = coding;

        public bool Equals(Key other) =>
            ReferenceEquals(_method, other._method)
            && ReferenceEquals(_coding, other._coding)
            && string.Equals(_host, other._host, StringComparison.Ordinal);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() =>
            RuntimeHelpers.GetHashCode(_method) ^ (_host is null ? 0 : string.GetHashCode(_host, StringComparison.Ordinal));
    }
}
