namespace Trunkline;

/// <summary>What clients need of a channel.</summary>
public abstract class ChannelBase
{
    /// <summary>Names the target.</summary>
    /// <param name="target">The target, as given to the channel.</param>
    protected ChannelBase(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>The target, as given to the channel.</summary>
    public string Target { get; }

    /// <summary>Makes what starts the channel's calls.</summary>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Ends the channel.</summary>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <inheritdoc cref="ShutdownAsync"/>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
