namespace Trunkline;

/// <summary>What clients derive from that are generated with <c>lite_client</c>: they call through an invoker, and know no channel and no host.</summary>
public abstract class LiteClientBase
{
    /// <summary>Makes a client without an invoker, for test doubles that override every method; its calls throw <see cref="NotSupportedException"/>.</summary>
    protected LiteClientBase()
        : this(new ClientBase.UnimplementedCallInvoker())
    {
    }

    /// <summary>Makes a client over an invoker.</summary>
    /// <param name="callInvoker">The invoker.</param>
    protected LiteClientBase(CallInvoker callInvoker)
    {
        ArgumentNullException.ThrowIfNull(callInvoker);
        CallInvoker = callInvoker;
    }

    /// <summary>Starts the client's calls.</summary>
    protected CallInvoker CallInvoker { get; }
}
