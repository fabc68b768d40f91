using Hellos;

namespace Trunkline.Peers.Tests.Python;

/// <summary>The greeter of hellos.proto on our server.</summary>
internal sealed class OurGreeter : Greeter.GreeterBase
{
    /// <summary>Greets one.</summary>
    public override Task<HelloReply> SayHello(HelloRequest request, ServerCallContext context) => Task.FromResult(Reply($"Hello, {request.Name}!"));

    /// <summary>Greets one several times.</summary>
    public override async Task SayHellos(HelloRequest request, IServerStreamWriter<HelloReply> responseStream, ServerCallContext context)
    {
        for (int number = 1; number <= request.Times; number++)
        {
            await responseStream.WriteAsync(Reply($"Hello {number}, {request.Name}!"));
        }
    }

    /// <summary>Greets all at the end.</summary>
    public override async Task<HelloReply> GreetAll(IAsyncStreamReader<HelloRequest> requestStream, ServerCallContext context)
    {
        List<string> names = [];
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            names.Add(requestStream.Current.Name);
        }

        return Reply($"Hello, {string.Join(", ", names)}!");
    }

    /// <summary>Greets each at once.</summary>
    public override async Task Chat(IAsyncStreamReader<HelloRequest> requestStream, IServerStreamWriter<HelloReply> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            await responseStream.WriteAsync(Reply($"Hello, {requestStream.Current.Name}!"));
        }
    }

    private static HelloReply Reply(string message) => new() { Message = message };
}
