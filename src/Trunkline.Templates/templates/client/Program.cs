using TemplateNamespace;
using Trunkline;

var target = args is [var address, ..] ? address : "localhost:50051";
await using var channel = new Channel(target, ChannelCredentials.Insecure);
var client = new Greeter.GreeterClient(channel);

try
{
    // Each method has a blocking and an asynchronous form.
    Console.WriteLine(client.Hello(new HelloRequest { Name = "world" }).Message);
    var reply = await client.HelloAsync(new HelloRequest { Name = "async world" }, deadline: DateTime.UtcNow.AddSeconds(5));
    Console.WriteLine(reply.Message);
    return 0;
}
catch (RpcException failure)
{
    Console.Error.WriteLine($"{target}: {failure.Status.StatusCode}: {failure.Status.Detail}");
    return 1;
}
