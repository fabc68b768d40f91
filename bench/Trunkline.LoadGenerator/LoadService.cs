using Google.Protobuf;
using Trunkline.LoadContract;

namespace Trunkline.LoadGenerator;

/// <summary>The load service on Trunkline, written as any user would.</summary>
internal sealed class LoadService : Load.LoadBase
{
    private static readonly ByteString SmallBody = ByteString.CopyFrom(new byte[Work.ByName("pour1").BodySize]);

    public override Task<Item> Echo(Item request, ServerCallContext context) => Task.FromResult(request);

    public override async Task PingPong(IAsyncStreamReader<Item> requestStream, IServerStreamWriter<Item> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(CancellationToken.None))
        {
            await responseStream.WriteAsync(requestStream.Current);
        }
    }

    public override async Task Pour(PourRequest request, IServerStreamWriter<Item> responseStream, ServerCallContext context)
    {
        // A fresh message each time: WriteAsync may return before the message is serialized.
        for (var number = 1; number <= request.Count; number++)
        {
            await responseStream.WriteAsync(new Item { Number = number, Body = SmallBody });
        }
    }
}
