using Trunkline.Interceptors;
using Trunkline.Rpc.Tests.Clients;
using Trunkline.Utils;

namespace Trunkline.Rpc.Tests.Interception;

public sealed class InterceptorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Client_Interceptors_SeeEachFormInOrder()
    {
        await using var server = new ScriptedServer(async call =>
        {
            while (await call.ReadAsync() is not null)
            {
                // Only the headers matter here.
            }

            call.Answer(call.Header("trail")!);
        });
        await using Channel channel = server.CreateChannel();
        CallInvoker invoker = channel.Intercept(new Tag("a"), new Tag("b"));

        Assert.Equal("ab", await invoker.AsyncUnaryCall(TestMethods.Unary, null, default, "x").ResponseAsync.WaitAsync(Patience));
        Assert.Equal("ab", await OwnThread.Run(() => invoker.BlockingUnaryCall(TestMethods.Unary, null, default, "x")).WaitAsync(Patience));
        Assert.Equal(["ab"], await invoker.AsyncServerStreamingCall(TestMethods.ServerStreaming, null, default, "x").ResponseStream.ToListAsync());
        Assert.Equal("ab", await OwnThread.Run(() => invoker.BlockingClientStreamingCall(TestMethods.ClientStreaming, null, default, ["x"])).WaitAsync(Patience));
        Assert.Equal(
            ["ab"], await OwnThread.Run(() => invoker.BlockingDuplexStreamingCall(TestMethods.Duplex, null, default, ["x"]).ToList()).WaitAsync(Patience));
    }

    [Fact]
    public async Task Client_HeaderFunction_ChangesACopy()
    {
        await using var server = new ScriptedServer(async call =>
        {
            await call.ReadAsync();
            call.Answer(call.Header("added")! + call.Header("own")!);
        });
        await using Channel channel = server.CreateChannel();
        var own = new Metadata { { "own", "1" } };

        string reply = await channel.Intercept(headers =>
        {
            headers.Add("added", "2");
            return headers;
        }).AsyncUnaryCall(TestMethods.Unary, null, new CallOptions(own), "x").ResponseAsync.WaitAsync(Patience);

        Assert.Equal("21", reply);
        Assert.Single(own);
    }

    [Fact]
    public async Task Client_WithHost_NamesTheAuthority()
    {
        await using var server = new ScriptedServer(async call =>
        {
            await call.ReadAsync();
            call.Answer(call.Header(":authority")!);
        });
        await using Channel channel = server.CreateChannel();

        Assert.Equal("memory:50051", await new TextClient(channel).SayAsync("x").ResponseAsync.WaitAsync(Patience));
        Assert.Equal("other", await new TextClient(channel).WithHost("other").SayAsync("x").ResponseAsync.WaitAsync(Patience));
        Assert.Throws<NotSupportedException>(() => new TextClient().SayAsync("x"));
    }

    [Fact]
    public async Task Server_Interceptor_WrapsEachHandlerAndRefusesBlockingOnes()
    {
        ServerServiceDefinition plain = ServerServiceDefinition.CreateBuilder()
            .AddMethod(TestMethods.Unary, (string request, ServerCallContext _) => Task.FromResult(request))
            .Build();
        ServerServiceDefinition blocking = ServerServiceDefinition.CreateBuilder()
            .AddBlockingMethod(TestMethods.Unary, (string request, ServerCallContext _) => request)
            .Build();
        var binder = new UnaryTaker();

        plain.Intercept(new Answering("first"), new Answering("second")).BindService(binder);

        Assert.Equal("first(second(x))", await binder.Handler!("x", null!));
        Assert.Throws<NotSupportedException>(() => blocking.Intercept(new Answering("first")));
    }

    [Fact]
    public void Definition_SameMethodTwice_IsRefused()
    {
        ServerServiceDefinition.Builder builder = ServerServiceDefinition.CreateBuilder()
            .AddMethod(TestMethods.Unary, (string request, ServerCallContext _) => Task.FromResult(request));

        Assert.Throws<ArgumentException>(
            () => builder.AddMethod(TestMethods.Unary, (string request, ServerCallContext _) => Task.FromResult(request)));
        Assert.Throws<NotSupportedException>(() => builder.Build().BindService(new ServiceBinderBase()));
    }

    /// <summary>Adds its letter to the header "trail".</summary>
    private sealed class Tag(string letter) : Interceptor
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation) =>
            base.BlockingUnaryCall(request, Tagged(context), continuation);

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
            base.AsyncUnaryCall(request, Tagged(context), continuation);

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) => base.AsyncServerStreamingCall(request, Tagged(context), continuation);

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation) =>
            base.AsyncClientStreamingCall(Tagged(context), continuation);

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) =>
            base.AsyncDuplexStreamingCall(Tagged(context), continuation);

        private ClientInterceptorContext<TRequest, TResponse> Tagged<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context)
            where TRequest : class
            where TResponse : class
        {
            string trail = context.Options.Headers?.GetValue("trail") + letter;
            return new ClientInterceptorContext<TRequest, TResponse>(
                context.Method, context.Host, context.Options.WithHeaders(new Metadata { { "trail", trail } }));
        }
    }

    private sealed class Answering(string name) : Interceptor
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            (TResponse)(object)$"{name}({await continuation(request, context)})";
    }

    private sealed class UnaryTaker : ServiceBinderBase
    {
        public UnaryServerMethod<string, string>? Handler { get; private set; }

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
            Handler = (UnaryServerMethod<string, string>)(object)handler!;
    }

    private sealed class TextClient : ClientBase<TextClient>
    {
        public TextClient()
        {
        }

        public TextClient(ChannelBase channel)
            : base(channel)
        {
        }

        private TextClient(ClientBaseConfiguration configuration)
            : base(configuration)
        {
        }

        public AsyncUnaryCall<string> SayAsync(string text) => CallInvoker.AsyncUnaryCall(TestMethods.Unary, null, default, text);

        protected override TextClient NewInstance(ClientBaseConfiguration configuration) => new(configuration);
    }
}
