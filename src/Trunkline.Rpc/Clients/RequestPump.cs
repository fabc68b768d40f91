namespace Trunkline.Rpc.Clients;

/// <summary>Writes the requests of a sequence to a call and half-closes it.</summary>
internal static class RequestPump
{
    /// <summary>Walks the sequence on this thread. Ends early, without an error, once the call is over: the call's own status says why.</summary>
    public static void Run<TRequest>(IClientStreamWriter<TRequest> writer, IEnumerable<TRequest> requests, Func<bool> isOver)
    {
        foreach (TRequest request in requests)
        {
            if (isOver() || !TryWait(writer.WriteAsync(request)))
            {
                return;
            }
        }

        TryWait(writer.CompleteAsync());
    }

    /// <summary>Walks the sequence asynchronously, as <see cref="Run"/> does.</summary>
    /// <param name="writer">The call's writer.</param>
    /// <param name="requests">The requests.</param>
    /// <param name="over">Fires when the call is over; also given to the sequence.</param>
    public static async Task RunAsync<TRequest>(
        IClientStreamWriter<TRequest> writer, IAsyncEnumerable<TRequest> requests, CancellationToken over)
    {
        await foreach (TRequest request in requests.WithCancellation(over).ConfigureAwait(false))
        {
            if (over.IsCancellationRequested || !await TryAwait(writer.WriteAsync(request, CancellationToken.None)).ConfigureAwait(false))
            {
                return;
            }
        }

        await TryAwait(writer.CompleteAsync()).ConfigureAwait(false);
    }

    private static bool TryWait(Task write)
    {
        try
        {
            write.GetAwaiter().GetResult();
            return true;
        }
        catch (RpcException)
        {
            // The call is over; whoever awaits its response or reads its stream gets the status.
            return false;
        }
    }

    private static async Task<bool> TryAwait(Task write)
    {
        try
        {
            await write.ConfigureAwait(false);
            return true;
        }
        catch (RpcException)
        {
            // The call is over; whoever awaits its response or reads its stream gets the status.
            return false;
        }
    }
}
