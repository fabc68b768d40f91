namespace Trunkline;

/// <summary>The methods of a service with what answers them; made by <see cref="CreateBuilder"/> and given to a server. Immutable.</summary>
public class ServerServiceDefinition
{
    private readonly Action<ServiceBinderBase>[] _bindings;

    private ServerServiceDefinition(Action<ServiceBinderBase>[] bindings) => _bindings = bindings;

    /// <summary>Begins a definition.</summary>
    public static Builder CreateBuilder() => new();

    /// <summary>Shows the methods to a binder, in the order in which they were added.</summary>
    internal void BindService(ServiceBinderBase binder)
    {
        foreach (Action<ServiceBinderBase> binding in _bindings)
        {
            binding(binder);
        }
    }

    /// <summary>Gathers the methods of a service.</summary>
    public sealed class Builder
    {
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);
        private readonly List<Action<ServiceBinderBase>> _bindings = [];

        internal Builder()
        {
        }

        /// <summary>Adds a unary method.</summary>
        /// <typeparam name="TRequest">The request message.</typeparam>
        /// <typeparam name="TResponse">The response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What answers it.</param>
        /// <exception cref="ArgumentException">A method of this name was added before.</exception>
        public Builder AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Append(method, handler, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a client-streaming method.</summary>
        /// <typeparam name="TRequest">The request message.</typeparam>
        /// <typeparam name="TResponse">The response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What answers it.</param>
        /// <exception cref="ArgumentException">A method of this name was added before.</exception>
        public Builder AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Append(method, handler, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a server-streaming method.</summary>
        /// <typeparam name="TRequest">The request message.</typeparam>
        /// <typeparam name="TResponse">The response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What answers it.</param>
        /// <exception cref="ArgumentException">A method of this name was added before.</exception>
        public Builder AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Append(method, handler, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a bidirectional method.</summary>
        /// <typeparam name="TRequest">The request message.</typeparam>
        /// <typeparam name="TResponse">The response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What answers it.</param>
        /// <exception cref="ArgumentException">A method of this name was added before.</exception>
        public Builder AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Append(method, handler, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a unary method that blocks.</summary>
        /// <typeparam name="TRequest">The request message.</typeparam>
        /// <typeparam name="TResponse">The response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What answers it.</param>
        /// <exception cref="ArgumentException">A method of this name was added before.</exception>
        public Builder AddBlockingMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, BlockingUnaryServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Append(method, handler, binder => binder.AddBlockingMethod(method, handler));

        /// <summary>Adds a client-streaming method that blocks.</summary>
        /// <typeparam name="TRequest">The request message.</typeparam>
        /// <typeparam name="TResponse">The response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What answers it.</param>
        /// <exception cref="ArgumentException">A method of this name was added before.</exception>
        public Builder AddBlockingMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, BlockingClientStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Append(method, handler, binder => binder.AddBlockingMethod(method, handler));

        /// <summary>Adds a server-streaming method that blocks.</summary>
        /// <typeparam name="TRequest">The request message.</typeparam>
        /// <typeparam name="TResponse">The response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What answers it.</param>
        /// <exception cref="ArgumentException">A method of this name was added before.</exception>
        public Builder AddBlockingMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, BlockingServerStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Append(method, handler, binder => binder.AddBlockingMethod(method, handler));

        /// <summary>Adds a bidirectional method that blocks.</summary>
        /// <typeparam name="TRequest">The request message.</typeparam>
        /// <typeparam name="TResponse">The response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">What answers it.</param>
        /// <exception cref="ArgumentException">A method of this name was added before.</exception>
        public Builder AddBlockingMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, BlockingDuplexStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Append(method, handler, binder => binder.AddBlockingMethod(method, handler));

        /// <summary>Ends the definition.</summary>
        public ServerServiceDefinition Build() => new([.. _bindings]);

        private Builder Append(IMethod method, Delegate handler, Action<ServiceBinderBase> binding)
        {
            ArgumentNullException.ThrowIfNull(method);
            ArgumentNullException.ThrowIfNull(handler);
            if (!_names.Add(method.FullName))
            {
                throw new ArgumentException($"The service already has a method {method.FullName}.", nameof(method));
            }

            _bindings.Add(binding);
            return this;
        }
    }
}
