using System.Text;

namespace Trunkline.Rpc.Servers.Routing;

/// <summary>Finds a method by the bytes of its path, without making a string. Immutable.</summary>
internal sealed class MethodTable
{
    private readonly Dictionary<byte[], ServiceMethod>.AlternateLookup<ReadOnlySpan<byte>> _methods;
    private readonly HashSet<string> _services = new(StringComparer.Ordinal);

    /// <summary>Makes the table.</summary>
    /// <param name="definitions">The services.</param>
    /// <exception cref="InvalidOperationException">Two services have the same method.</exception>
    public MethodTable(IEnumerable<ServerServiceDefinition> definitions)
    {
        var methods = new Dictionary<byte[], ServiceMethod>(new PathComparer());
        var binder = new RoutingBinder();
        foreach (ServerServiceDefinition definition in definitions)
        {
            definition.BindService(binder);
        }

        foreach ((IMethod method, ServiceMethod route) in binder.Methods)
        {
            _services.Add(method.ServiceName);
            if (!methods.TryAdd(route.Path, route))
            {
                throw new InvalidOperationException($"The method {route.FullName} is in two of the server's services; a method can be served once.");
            }
        }

        _methods = methods.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Finds a method; null where there is none.</summary>
    public ServiceMethod? Find(ReadOnlySpan<byte> path) => _methods.TryGetValue(path, out ServiceMethod? method) ? method : null;

    /// <summary>Says what is wrong with a path for which there is no method.</summary>
    public string Explain(ReadOnlySpan<byte> path)
    {
        string text = Encoding.UTF8.GetString(path);
        int slash = text.LastIndexOf('/');
        if (slash <= 0 || slash == text.Length - 1 || text[0] != '/')
        {
            return $"The path \"{text}\" does not have the form /service/method.";
        }

        string service = text[1..slash];
        return _services.Contains(service)
            ? $"The service {service} has no method {text[(slash + 1)..]} on this server."
            : $"This server has no service {service} (method {text[(slash + 1)..]}).";
    }

    private sealed class PathComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
