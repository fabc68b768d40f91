using System.Globalization;
using Trunkline.Http2.Frames;

namespace Trunkline.HeaderBytes;

/// <summary>Calls of our channel to our server, taken off the wire: what gRPC users send.</summary>
internal static class GrpcTraffic
{
    private const int Calls = 500;

    private static readonly string[] MethodNames = ["GetAccount", "ListAccounts", "OpenAccount", "CloseAccount", "Transfer", "GetTransfer", "ListTransfers", "Audit"];

    private static readonly Method<string, string>[] Methods = [.. MethodNames.Select(static name =>
        new Method<string, string>(MethodType.Unary, "bank.accounts.v1.Accounts", name, Marshallers.StringMarshaller, Marshallers.StringMarshaller))];

    /// <summary>Requests and responses of each kind of use.</summary>
    public static async Task<IReadOnlyList<Traffic>> RecordAsync() =>
    [
        .. await RecordAsync("one method, no metadata", static (invoker, _) => CallAsync(invoker, Methods[0], new CallOptions())),
        .. await RecordAsync("8 methods, deadline", static (invoker, random) =>
            CallAsync(invoker, Methods[random.Next(Methods.Length)], new CallOptions(deadline: DateTime.UtcNow.AddSeconds(random.Next(1, 30))))),
        .. await RecordAsync("8 methods, deadline, token, trace, tenant", static (invoker, random) =>
            CallAsync(invoker, Methods[random.Next(Methods.Length)], new CallOptions(MetadataOf(random), DateTime.UtcNow.AddSeconds(5)))),
    ];

    private static async Task<Traffic[]> RecordAsync(string name, Func<CallInvoker, Random, Task> callAsync)
    {
        await using var server = new Server();
        server.Services.Add(Service());
        server.Ports.Add(new ServerPort("127.0.0.1", ServerPort.PickUnused, ServerCredentials.Insecure));
        server.Start();
        using var tap = new WireTap(server.Ports.Single().BoundPort);
        var random = new Random(1);
        await using (var channel = new Channel($"127.0.0.1:{tap.Port}", ChannelCredentials.Insecure))
        {
            for (var i = 0; i < Calls; i++)
            {
                await callAsync(channel.CreateCallInvoker(), random);
            }
        }

        var (fromClient, fromServer) = await tap.ReadAsync();
        return
        [
            BlockReader.Read($"gRPC requests: {name}", fromClient.AsSpan(ConnectionPreface.Length)),
            BlockReader.Read($"gRPC responses: {name}", fromServer),
        ];
    }

    private static async Task CallAsync(CallInvoker invoker, Method<string, string> method, CallOptions options)
    {
        try
        {
            await invoker.AsyncUnaryCall(method, host: null, options, "request");
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            // Some are not found: their trailers are part of the traffic.
        }
    }

    private static Metadata MetadataOf(Random random)
    {
        var trace = new byte[24];
        random.NextBytes(trace);
        var span = Convert.ToHexStringLower(trace);
        return new Metadata
        {
            { "authorization", "Bearer " + new string('e', 20) + "J0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0" },
            { "traceparent", $"00-{span[..32]}-{span[32..]}-01" },
            { "x-request-id", $"{span[..8]}-{span[8..12]}-4{span[13..16]}-a{span[17..20]}-{span[20..32]}" },
            { "x-tenant", "tenant-" + random.Next(4).ToString(CultureInfo.InvariantCulture) },
            { "x-client-version", "2.14.3" },
            { "context-bin", trace[..12] },
        };
    }

    private static ServerServiceDefinition Service()
    {
        var builder = ServerServiceDefinition.CreateBuilder();
        var calls = 0;
        foreach (var method in Methods)
        {
            builder.AddMethod(method, (request, context) =>
            {
                // One in ten fails, with words; every other one has something to tell in its trailers.
                var call = Interlocked.Increment(ref calls);
                if (call % 2 == 0)
                {
                    context.ResponseTrailers.Add("x-served-by", "node-" + (call % 3).ToString(CultureInfo.InvariantCulture));
                }

                return call % 10 == 0
                    ? throw new RpcException(new Status(StatusCode.NotFound, string.Create(CultureInfo.InvariantCulture, $"account {call} does not exist")))
                    : Task.FromResult(request);
            });
        }

        return builder.Build();
    }
}
