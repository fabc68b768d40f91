using System.Runtime.CompilerServices;

namespace Trunkline;

/// <summary>Awaits an <see cref="AsyncUnaryCall{TResponse}"/> without a task.</summary>
/// <typeparam name="TResponse">The response message.</typeparam>
public readonly struct UnaryCallAwaiter<TResponse> : ICriticalNotifyCompletion
{
    private readonly AsyncUnaryCall<TResponse> _call;
    private readonly bool _continueOnCapturedContext;

    internal UnaryCallAwaiter(AsyncUnaryCall<TResponse> call, bool continueOnCapturedContext)
    {
        _call = call;
        _continueOnCapturedContext = continueOnCapturedContext;
    }

    /// <summary>True once there is a response or a failure.</summary>
    public bool IsCompleted => _call.IsCompleted;

    /// <summary>The response; waits for it if need be.</summary>
    /// <exception cref="RpcException">The status is not OK.</exception>
    public TResponse GetResult() => _call.GetResult();

    /// <summary>Runs a continuation with the caller's execution context.</summary>
    /// <param name="continuation">What to run.</param>
    public void OnCompleted(Action continuation)
    {
        ExecutionContext? context = ExecutionContext.Capture();
        UnsafeOnCompleted(
            context is null ? continuation : () => ExecutionContext.Run(context, static state => ((Action)state!)(), continuation));
    }

    /// <summary>Runs a continuation.</summary>
    /// <param name="continuation">What to run.</param>
    public void UnsafeOnCompleted(Action continuation) => _call.OnCompleted(continuation, _continueOnCapturedContext);
}

/// <summary>An <see cref="AsyncUnaryCall{TResponse}"/> to await with a choice of where to continue.</summary>
/// <typeparam name="TResponse">The response message.</typeparam>
public readonly struct ConfiguredUnaryCallAwaitable<TResponse>
{
    private readonly AsyncUnaryCall<TResponse> _call;
    private readonly bool _continueOnCapturedContext;

    internal ConfiguredUnaryCallAwaitable(AsyncUnaryCall<TResponse> call, bool continueOnCapturedContext)
    {
        _call = call;
        _continueOnCapturedContext = continueOnCapturedContext;
    }

    /// <summary>Gives the awaiter.</summary>
    public UnaryCallAwaiter<TResponse> GetAwaiter() => new(_call, _continueOnCapturedContext);
}
