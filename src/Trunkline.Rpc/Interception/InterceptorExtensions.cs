using Trunkline.Rpc.Interception;

namespace Trunkline.Interceptors;

/// <summary>Puts interceptors in front of an invoker.</summary>
public static class CallInvokerExtensions
{
    /// <summary>Makes an invoker that shows each call to an interceptor first.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptor">The interceptor.</param>
    public static CallInvoker Intercept(this CallInvoker invoker, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptor);
        return new InterceptingCallInvoker(invoker, interceptor);
    }

    /// <summary>Makes an invoker that shows each call to several interceptors, the first one first.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptors">The interceptors.</param>
    public static CallInvoker Intercept(this CallInvoker invoker, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptors);
        return interceptors.Reverse().Aggregate(invoker, Intercept);
    }

    /// <summary>Makes an invoker that lets a function change each call's headers.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptor">Gets a copy of the call's headers and returns those to send.</param>
    public static CallInvoker Intercept(this CallInvoker invoker, Func<Metadata, Metadata> interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        return invoker.Intercept(new MetadataInterceptor(interceptor));
    }
}

/// <summary>Puts interceptors in front of a service.</summary>
public static class ServerServiceDefinitionExtensions
{
    /// <summary>Makes a definition that shows each call to an interceptor first.</summary>
    /// <param name="serverServiceDefinition">The service.</param>
    /// <param name="interceptor">The interceptor.</param>
    /// <exception cref="NotSupportedException">The service has a blocking method, which this kind of interceptor cannot see.</exception>
    public static ServerServiceDefinition Intercept(this ServerServiceDefinition serverServiceDefinition, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(serverServiceDefinition);
        ArgumentNullException.ThrowIfNull(interceptor);
        var binder = new InterceptingBinder(interceptor);
        serverServiceDefinition.BindService(binder);
        return binder.Build();
    }

    /// <summary>Makes a definition that shows each call to several interceptors, the first one first.</summary>
    /// <param name="serverServiceDefinition">The service.</param>
    /// <param name="interceptors">The interceptors.</param>
    /// <exception cref="NotSupportedException">The service has a blocking method, which this kind of interceptor cannot see.</exception>
    public static ServerServiceDefinition Intercept(this ServerServiceDefinition serverServiceDefinition, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(interceptors);
        return interceptors.Reverse().Aggregate(serverServiceDefinition, Intercept);
    }
}
