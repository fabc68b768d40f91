using System.Runtime.InteropServices;
using System.Text;
using Trunkline.Http2;
using Trunkline.Rpc.Headers;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Servers.Routing;

/// <summary>
/// The header block of a request, read in one walk (gRPC over HTTP/2, "Requests"). A block whose fields all come out of the dynamic table makes no
/// string: path and authority are remembered with their entries.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct RequestHead
{
    private ReadOnlySpan<byte> _httpMethod;
    private ReadOnlySpan<byte> _path;
    private ReadOnlySpan<byte> _contentType;
    private ReadOnlySpan<byte> _timeout;
    private ReadOnlySpan<byte> _requestCoding;
    private string? _authority;
    private string? _host;
    private int _hosts;
    private int _visible;
    private Metadata.Entry? _userAgent;

    /// <summary>The method; null where there is none of this path.</summary>
    public ServiceMethod? Method;

    /// <summary>The time that the client gives the call; null for no deadline.</summary>
    public TimeSpan? Timeout;

    /// <summary>The coding of the requests; null for none.</summary>
    public MessageCoding? RequestCoding;

    /// <summary>True when the client takes the coding that the server would like to use.</summary>
    public bool TakesResponseCoding;

    /// <summary>The client's metadata, read-only.</summary>
    public Metadata Metadata;

    /// <summary>The authority that the client asked for; empty where it named none.</summary>
    public readonly string Host => _authority ?? _host ?? "";

    /// <summary>Reads a block and checks it, in the order of the checks that a client can rely on.</summary>
    /// <param name="fields">The block.</param>
    /// <param name="methods">The server's methods.</param>
    /// <param name="responseCoding">The coding that the server would like to use; null for none.</param>
    /// <param name="agents">Remembers the metadata of requests that have nothing but a user agent.</param>
    public Refusal Read(in FieldBlock fields, MethodTable methods, MessageCoding? responseCoding, ref AgentMetadata agents)
    {
        foreach (Field field in fields)
        {
            Note(field, methods, responseCoding);
        }

        Refusal refusal = CheckHttp();
        if (refusal.IsNone)
        {
            refusal = ReadMetadata(fields, ref agents);
        }

        return refusal.IsNone ? CheckCall(methods) : refusal;
    }

    private void Note(in Field field, MethodTable methods, MessageCoding? responseCoding)
    {
        switch (field.Known)
        {
            case FieldName.Method:
                _httpMethod = field.Value;
                break;
            case FieldName.Path:
                _path = field.Value;
                Method = Route(field, methods);
                break;
            case FieldName.Authority:
                _authority = Text(field);
                break;
            case FieldName.Host:
                _hosts++;
                _host = Text(field);
                break;
            case FieldName.ContentType:
                _contentType = field.Value;
                break;
            case FieldName.GrpcTimeout:
                _timeout = field.Value;
                break;
            case FieldName.GrpcEncoding:
                _requestCoding = field.Value;
                break;
            case FieldName.GrpcAcceptEncoding:
                TakesResponseCoding = responseCoding is not null && MessageCodings.Lists(field.Value, responseCoding);
                break;
            default:
                NoteOther(field);
                break;
        }
    }

    private void NoteOther(in Field field)
    {
        if (!ReservedNames.IsHidden(field.Known, field.Name, MetadataBlock.Request))
        {
            _visible++;
            _userAgent = field.Known == FieldName.UserAgent ? field.Tag as Metadata.Entry : null;
        }
    }

    /// <summary>The method is remembered with the entry of the path, so that a path that comes again is not looked up.</summary>
    private static ServiceMethod? Route(in Field path, MethodTable methods)
    {
        if (path.Tag is ServiceMethod known)
        {
            return known;
        }

        ServiceMethod? found = methods.Find(path.Value);
        path.Tag = found;
        return found;
    }

    private static string Text(in Field field)
    {
        if (field.Tag is string known)
        {
            return known;
        }

        string text = Encoding.UTF8.GetString(field.Value);
        field.Tag = text;
        return text;
    }

    private Refusal CheckHttp()
    {
        if (_hosts > 1)
        {
            return Refusal.SeveralHosts();
        }

        if (!GrpcContentType.Matches(_contentType))
        {
            return Refusal.ContentType(Encoding.UTF8.GetString(_contentType));
        }

        if (_timeout.IsEmpty)
        {
            return default;
        }

        if (!GrpcTimeout.TryRead(_timeout, out TimeSpan timeout))
        {
            return Refusal.Timeout(Encoding.UTF8.GetString(_timeout));
        }

        Timeout = timeout;
        return default;
    }

    private Refusal ReadMetadata(in FieldBlock fields, ref AgentMetadata agents)
    {
        if (_visible == 0)
        {
            Metadata = Metadata.Empty;
            return default;
        }

        if (_visible == 1 && _userAgent is { } entry && agents.Find(entry) is { } metadata)
        {
            Metadata = metadata;
            return default;
        }

        string? broken = MetadataReader.Read(fields, MetadataBlock.Request, out Metadata);
        if (broken is not null)
        {
            return Refusal.BinaryMetadata(broken);
        }

        agents.Remember(Metadata);
        return default;
    }

    private Refusal CheckCall(MethodTable methods)
    {
        if (!_httpMethod.SequenceEqual("POST"u8))
        {
            return Refusal.HttpMethod(Encoding.UTF8.GetString(_httpMethod));
        }

        if (Timeout is { } timeout && timeout <= TimeSpan.Zero)
        {
            return Refusal.DeadlinePassed();
        }

        if (Method is null)
        {
            return Refusal.UnknownMethod(methods.Explain(_path));
        }

        return MessageCodings.TryFind(_requestCoding, out RequestCoding)
            ? default
            : Refusal.UnknownCoding(MessageFault.UnknownCoding(Encoding.UTF8.GetString(_requestCoding)).Text);
    }
}

/// <summary>
/// The metadata of the last request of a connection that had nothing but a user agent: it is read-only, so the next such request can have it too.
/// </summary>
internal struct AgentMetadata
{
    private Metadata.Entry? _entry;
    private Metadata? _metadata;

    public readonly Metadata? Find(Metadata.Entry entry) => ReferenceEquals(entry, _entry) ? _metadata : null;

    public void Remember(Metadata metadata)
    {
        if (metadata is [{ Key: "user-agent" } entry])
        {
            _entry = entry;
            _metadata = metadata;
        }
    }
}
