using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>One request, one response. The object serves one call after the other: user code sees no part of it but the context.</summary>
internal sealed class UnaryCall<TRequest, TResponse>(
    ServiceMethod<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse> handler)
    : SingleRequestCall<TRequest, TResponse>(method, isBlocking: false)
    where TRequest : class
    where TResponse : class
{
    private Task<TResponse>? _task;
    private Action? _resume;

    protected override void Handle(TRequest request)
    {
        Task<TResponse> task;
#pragma warning disable CA1031 // The handler is user code: whatever it throws becomes the call's status.
        try
        {
            task = handler(request, Context) ?? throw ThrowHelper.HandlerReturnedNoTask(MethodName);
        }
        catch (Exception exception)
        {
            FinishWith(exception);
            return;
        }
#pragma warning restore CA1031

        if (task.IsCompleted)
        {
            Complete(task);
            return;
        }

        _task = task;
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_resume ??= Resume);
    }

    protected override void OnFree()
    {
        base.OnFree();
        Clear();
        Method.ReturnCall(this);
    }

    private void Resume()
    {
        Task<TResponse> task = _task!;
        _task = null;
        Complete(task);
    }

    private void Complete(Task<TResponse> task)
    {
        if (task.IsCompletedSuccessfully)
        {
#pragma warning disable MA0042, CA1849 // The task has completed.
            FinishWithResponse(task.Result);
#pragma warning restore MA0042, CA1849
        }
        else
        {
            FinishWith(HandlerTasks.ExceptionOf(task));
        }
    }
}
