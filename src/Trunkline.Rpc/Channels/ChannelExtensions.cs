using Trunkline.Rpc.Interception;

namespace Trunkline.Interceptors;

/// <summary>Puts interceptors in front of a channel.</summary>
public static class ChannelExtensions
{
    /// <summary>Makes an invoker that shows each call of the channel to an interceptor first.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">The interceptor.</param>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptor);
    }

    /// <summary>Makes an invoker that shows each call of the channel to several interceptors, the first one first.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptors">The interceptors.</param>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptors);
    }

    /// <summary>Makes an invoker that lets a function change the headers of each call of the channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">Gets a copy of the call's headers and returns those to send.</param>
    public static CallInvoker Intercept(this ChannelBase channel, Func<Metadata, Metadata> interceptor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptor);
    }
}
