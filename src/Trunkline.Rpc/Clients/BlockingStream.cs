using System.Collections;
using Trunkline.Rpc.Clients;

namespace Trunkline;

/// <summary>The responses of a call for a <c>foreach</c> that blocks the thread while it waits. It can be walked once.</summary>
/// <typeparam name="TResponse">The response message.</typeparam>
public sealed class BlockingStream<TResponse> : IEnumerable<TResponse>
{
    private readonly IAsyncStreamReader<TResponse> _reader;
    private readonly IDisposable _call;

    internal BlockingStream(IAsyncStreamReader<TResponse> reader, IDisposable call)
    {
        _reader = reader;
        _call = call;
    }

    /// <summary>Walks the responses. Leaving the loop early cancels the call.</summary>
    /// <exception cref="RpcException">Thrown by the walk when the call ends with a status other than OK.</exception>
    public IEnumerator<TResponse> GetEnumerator()
    {
        try
        {
            while (MoveNext())
            {
                yield return _reader.Current;
            }
        }
        finally
        {
            _call.Dispose();
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool MoveNext() =>
        _reader is IBlockingReader blocking ? blocking.MoveNextBlocking() : _reader.MoveNext(CancellationToken.None).GetAwaiter().GetResult();
}
