namespace Trunkline.Rpc.Clients;

/// <summary>Calls whose requests come from a sequence: started at once, pumped in the background.</summary>
internal static class PumpedCalls
{
    /// <summary>A client-streaming call that looks like a unary one.</summary>
    public static AsyncUnaryCall<TResponse> Start<TRequest, TResponse>(
        AsyncClientStreamingCall<TRequest, TResponse> call, IAsyncEnumerable<TRequest> requests)
    {
        var feed = new Feed(call);
        Task<TResponse> response = ResponseAsync(call, feed);
        feed.Start(token => RequestPump.RunAsync(call.RequestStream, requests, token));
        return new AsyncUnaryCall<TResponse>(
            response, call.ResponseHeadersAsync, () => feed.Failure ?? call.GetStatus(), call.GetTrailers, call.Dispose);
    }

    /// <summary>A bidirectional call that looks like a server-streaming one.</summary>
    public static AsyncServerStreamingCall<TResponse> Start<TRequest, TResponse>(
        AsyncDuplexStreamingCall<TRequest, TResponse> call, IAsyncEnumerable<TRequest> requests) =>
        Start(call, token => RequestPump.RunAsync(call.RequestStream, requests, token));

    /// <summary>The same with a sequence that may block, so it gets a thread of its own.</summary>
    public static AsyncServerStreamingCall<TResponse> Start<TRequest, TResponse>(
        AsyncDuplexStreamingCall<TRequest, TResponse> call, IEnumerable<TRequest> requests) =>
        Start(
            call,
            token => Task.Factory.StartNew(
                () => RequestPump.Run(call.RequestStream, requests, () => token.IsCancellationRequested),
                CancellationToken.None,
                TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
                TaskScheduler.Default));

    private static AsyncServerStreamingCall<TResponse> Start<TRequest, TResponse>(
        AsyncDuplexStreamingCall<TRequest, TResponse> call, Func<CancellationToken, Task> pump)
    {
        var feed = new Feed(call);
        var reader = new FedReader<TResponse>(call.ResponseStream, feed);
        feed.Start(pump);
        return new AsyncServerStreamingCall<TResponse>(
            reader,
            call.ResponseHeadersAsync,
            () => feed.Failure ?? call.GetStatus(),
            call.GetTrailers,
            () =>
            {
                feed.Stop();
                call.Dispose();
            });
    }

    private static async Task<TResponse> ResponseAsync<TRequest, TResponse>(AsyncClientStreamingCall<TRequest, TResponse> call, Feed feed)
    {
        try
        {
            return await call.ResponseAsync.ConfigureAwait(false);
        }
        catch (RpcException) when (feed.Failure is { } failure)
        {
            // Only says CANCELLED, which this side caused when the sequence threw; the sequence's failure is what the caller has to see.
            throw new RpcException(failure);
        }
        finally
        {
            feed.Stop();
        }
    }

    /// <summary>The background walk over the requests and what came of it.</summary>
#pragma warning disable CA1001 // A source without a timer and without a wait handle holds nothing to dispose.
    private sealed class Feed(IDisposable call)
#pragma warning restore CA1001
    {
        private readonly CancellationTokenSource _over = new();
        private volatile StrongFailure? _failure;

        /// <summary>The status of a call that this side cancelled because the sequence threw.</summary>
        public Status? Failure => _failure?.Status;

        /// <summary>Ends the walk because the call is over.</summary>
        public void Stop() => _over.Cancel();

        public void Start(Func<CancellationToken, Task> pump) => _ = WatchAsync(pump);

        private async Task WatchAsync(Func<CancellationToken, Task> pump)
        {
            try
            {
                await pump(_over.Token).ConfigureAwait(false);
            }
            catch (Exception) when (_over.IsCancellationRequested)
            {
                // The call was over already: what the sequence says about its end does not matter to anybody.
            }
#pragma warning disable CA1031 // Whatever the user's sequence throws ends the call; it travels in the call's status.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _failure = new StrongFailure(new Status(StatusCode.Unknown, "The sequence of requests threw " + exception.GetType() + ": " + exception.Message, exception));
                call.Dispose();
            }
        }

        private sealed record StrongFailure(Status Status);
    }

    /// <summary>Reads responses; a failure of the sequence of requests takes the place of the CANCELLED that it caused.</summary>
    private sealed class FedReader<TResponse>(IAsyncStreamReader<TResponse> inner, Feed feed)
        : IAsyncStreamReader<TResponse>, IBlockingReader
    {
        public TResponse Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            try
            {
                if (await inner.MoveNext(cancellationToken).ConfigureAwait(false))
                {
                    return true;
                }
            }
            catch (RpcException) when (feed.Failure is { } failure)
            {
                // Only says CANCELLED, which this side caused when the sequence threw; the sequence's failure is what the caller has to see.
                throw new RpcException(failure);
            }
            catch (RpcException)
            {
                feed.Stop();
                throw;
            }

            feed.Stop();
            return false;
        }

        public bool MoveNextBlocking()
        {
            bool hasNext = false;
            try
            {
                hasNext = inner is IBlockingReader blocking ? blocking.MoveNextBlocking() : inner.MoveNext(default).GetAwaiter().GetResult();
                return hasNext;
            }
            catch (RpcException) when (feed.Failure is { } failure)
            {
                // Only says CANCELLED, which this side caused when the sequence threw; the sequence's failure is what the caller has to see.
                throw new RpcException(failure);
            }
            finally
            {
                if (!hasNext)
                {
                    feed.Stop();
                }
            }
        }
    }
}
