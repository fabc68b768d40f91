namespace Trunkline.Http2;

/// <summary>Makes links to one target.</summary>
public abstract class Dialer
{
    /// <summary>The target in words, for error texts.</summary>
    public abstract string Target { get; }

    /// <summary>Makes a link.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">No link could be made; the message lists what was tried and what each attempt said.</exception>
    public abstract ValueTask<Link> DialAsync(CancellationToken cancellationToken);
}
