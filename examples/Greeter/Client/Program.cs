using Greeting;
using Trunkline;

// usage: GreeterClient [NAME [HOST:PORT]]
var name = args.Length > 0 ? args[0] : "Trunkline";
var address = args.Length > 1 ? args[1] : "localhost:50051";

await using var channel = new Channel(address, ChannelCredentials.Insecure);
var client = new Greeter.GreeterClient(channel);

try
{
    // A call that blocks, like any method.
    var reply = client.Hello(new Request { Name = name });
    Console.WriteLine($"blocking: {reply.Message}");

    // The same call without blocking, and with at most five seconds.
    reply = await client.HelloAsync(new Request { Name = name }, deadline: DateTime.UtcNow.AddSeconds(5));
    Console.WriteLine($"async:    {reply.Message}");
    return 0;
}
catch (RpcException exception)
{
    await Console.Error.WriteLineAsync($"The call failed with {exception.StatusCode}: {exception.Status.Detail}");
    return 1;
}
