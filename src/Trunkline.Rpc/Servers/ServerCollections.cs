using System.Collections;

namespace Trunkline;

/// <summary>The services of a <see cref="Server"/>; to be filled before it starts.</summary>
public sealed class ServerServices : IEnumerable<ServerServiceDefinition>
{
    private readonly Server _server;
    private readonly List<ServerServiceDefinition> _definitions = [];

    internal ServerServices(Server server) => _server = server;

    /// <summary>Adds a service.</summary>
    /// <param name="serviceDefinition">The service, such as <c>Greeter.BindService(new GreeterService())</c> makes it.</param>
    /// <exception cref="InvalidOperationException">The server has started.</exception>
    public void Add(ServerServiceDefinition serviceDefinition)
    {
        ArgumentNullException.ThrowIfNull(serviceDefinition);
        _server.CheckNotStarted();
        _definitions.Add(serviceDefinition);
    }

    /// <inheritdoc/>
    public IEnumerator<ServerServiceDefinition> GetEnumerator() => _definitions.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>The places where a <see cref="Server"/> listens; to be filled before it starts.</summary>
public sealed class ServerPorts : IEnumerable<ServerPort>
{
    private readonly Server _server;
    private readonly List<ServerPort> _ports = [];

    internal ServerPorts(Server server) => _server = server;

    /// <summary>Adds a place. The server takes it when it starts.</summary>
    /// <param name="serverPort">The place.</param>
    /// <exception cref="InvalidOperationException">The server has started.</exception>
    public void Add(ServerPort serverPort)
    {
        ArgumentNullException.ThrowIfNull(serverPort);
        _server.CheckNotStarted();
        _ports.Add(serverPort);
    }

    /// <summary>Adds a place. The server takes it when it starts.</summary>
    /// <param name="host">The host, as <see cref="ServerPort(string, int, ServerCredentials)"/> takes it.</param>
    /// <param name="port">The port; 0 lets the system choose.</param>
    /// <param name="credentials">Cleartext or TLS.</param>
    /// <returns>The place, whose <see cref="ServerPort.BoundPort"/> is known once the server has started.</returns>
    public ServerPort Add(string host, int port, ServerCredentials credentials)
    {
        var serverPort = new ServerPort(host, port, credentials);
        Add(serverPort);
        return serverPort;
    }

    /// <inheritdoc/>
    public IEnumerator<ServerPort> GetEnumerator() => _ports.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
