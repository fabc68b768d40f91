using Trunkline.Rpc.Tests.Servers;

namespace Trunkline.Rpc.Tests.EndToEnd;

/// <summary>The same services in both styles. Each method exists once asynchronous and once blocking, and means the same.</summary>
internal static class BothStyles
{
    public static ServerServiceDefinition.Builder Service(bool blocking) => blocking ? Blocking() : Asynchronous();

    private static ServerServiceDefinition.Builder Asynchronous() => TextService.Builder()
        .Unary("Upper", (request, _) => Task.FromResult(request.ToUpperInvariant()))
        .ServerStreaming("Count", async (request, responses, _) =>
        {
            for (int index = 0; index < int.Parse(request); index++)
            {
                await responses.WriteAsync($"{index}");
            }
        })
        .ClientStreaming("Join", async (requests, _) => string.Join(",", await ReadAll(requests)))
        .ClientStreaming("FirstOnly", async (requests, _) => await requests.MoveNext(CancellationToken.None) ? requests.Current : "none")
        .Duplex("CollectThenReply", async (requests, responses, _) =>
        {
            foreach (string request in await ReadAll(requests))
            {
                await responses.WriteAsync(request);
            }
        })
        .Duplex("ReplyPerMessage", async (requests, responses, _) =>
        {
            while (await requests.MoveNext(CancellationToken.None))
            {
                await responses.WriteAsync("re:" + requests.Current);
            }
        })
        .Duplex("Interleave", async (requests, responses, _) =>
        {
            for (int index = 0; await requests.MoveNext(CancellationToken.None); index++)
            {
                for (int copy = 0; copy < index % 3; copy++)
                {
                    await responses.WriteAsync($"{requests.Current}.{copy}");
                }
            }
        })
        .Duplex("SpeakFirst", async (requests, responses, _) =>
        {
            await responses.WriteAsync("welcome");
            while (await requests.MoveNext(CancellationToken.None))
            {
                await responses.WriteAsync(requests.Current);
            }

            await responses.WriteAsync("goodbye");
        });

    private static ServerServiceDefinition.Builder Blocking() => TextService.Builder()
        .BlockingUnary("Upper", (request, _) => request.ToUpperInvariant())
        .BlockingServerStreaming("Count", (request, _) => Enumerable.Range(0, int.Parse(request)).Select(index => $"{index}"))
        .BlockingClientStreaming("Join", (requests, _) => string.Join(",", requests))
        .BlockingClientStreaming("FirstOnly", (requests, _) => requests.FirstOrDefault("none"))
        .BlockingDuplex("CollectThenReply", (requests, _) => requests.ToList())
        .BlockingDuplex("ReplyPerMessage", (requests, _) => requests.Select(request => "re:" + request))
        .BlockingDuplex("Interleave", (requests, _) =>
            requests.SelectMany((request, index) => Enumerable.Range(0, index % 3).Select(copy => $"{request}.{copy}")))
        .BlockingDuplex("SpeakFirst", (requests, _) => requests.Prepend("welcome").Append("goodbye"));

    private static async Task<List<string>> ReadAll(IAsyncStreamReader<string> requests)
    {
        var all = new List<string>();
        while (await requests.MoveNext(CancellationToken.None))
        {
            all.Add(requests.Current);
        }

        return all;
    }
}
