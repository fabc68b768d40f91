namespace Trunkline.Rpc.Clients;

/// <summary>A reader that can also block the thread, woken directly by whoever brings the message.</summary>
internal interface IBlockingReader
{
    /// <summary>Waits for the next message, as <see cref="IAsyncStreamReader{T}.MoveNext"/> does.</summary>
    bool MoveNextBlocking();
}
