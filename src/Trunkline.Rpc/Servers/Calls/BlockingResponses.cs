namespace Trunkline.Rpc.Servers.Calls;

/// <summary>Writes the responses that a blocking handler enumerates.</summary>
internal static class BlockingResponses
{
    /// <summary>Writes one after the other and blocks while there is no room. The enumeration ends, and is disposed, when the call is over.</summary>
    /// <exception cref="RpcException">The call is over.</exception>
    public static void Write<TRequest, TResponse>(ServerCall<TRequest, TResponse> call, IEnumerable<TResponse> responses)
        where TRequest : class
        where TResponse : class
    {
        foreach (TResponse response in responses)
        {
            if (response is null)
            {
                throw ThrowHelper.HandlerYieldedNull();
            }

            call.WriteResponse(response, options: null).GetAwaiter().GetResult();
        }
    }
}
