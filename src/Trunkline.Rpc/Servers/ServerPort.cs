namespace Trunkline;

/// <summary>A place where a server listens.</summary>
public sealed class ServerPort
{
    /// <summary>The port number that lets the system choose; <see cref="BoundPort"/> has the choice once the server has started.</summary>
    public const int PickUnused = 0;

    /// <summary>Describes a place by host and port.</summary>
    /// <param name="host">
    /// <c>[::]</c> for every address of both IP versions, <c>0.0.0.0</c> for every IPv4 address, an address, a name such as <c>localhost</c>, or
    /// <c>unix:</c> with the path of a socket, for which the port means nothing.
    /// </param>
    /// <param name="port">0 up to 65535.</param>
    /// <param name="credentials">Cleartext or TLS.</param>
    public ServerPort(string host, int port, ServerCredentials credentials)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        ArgumentNullException.ThrowIfNull(credentials);
        Host = host;
        Port = port;
        Credentials = credentials;
    }

    /// <summary>The host as it was given.</summary>
    public string Host { get; }

    /// <summary>The port as it was given.</summary>
    public int Port { get; }

    /// <summary>How connections are secured.</summary>
    public ServerCredentials Credentials { get; }

    /// <summary>The port in use once the server has started; 0 before, and for sockets that have no ports.</summary>
    public int BoundPort { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => Host.StartsWith("unix", StringComparison.Ordinal) ? Host : $"{Host}:{Port}";
}
