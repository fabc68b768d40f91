using System.Collections.Concurrent;
using Trunkline;

namespace Routes;

/// <summary>The service: one method of each kind, asynchronous.</summary>
internal sealed class RouteGuideService(PlaceMap map, TimeProvider time) : RouteGuide.RouteGuideBase
{
    private readonly ConcurrentDictionary<Point, ConcurrentQueue<RouteNote>> _notes = new();

    /// <summary>Unary: a request comes in, a reply goes out.</summary>
    public override Task<Feature> GetFeature(Point request, ServerCallContext context)
        => Task.FromResult(map.Find(request) ?? new Feature { Location = request });

    /// <summary>Response-streaming: each feature is sent as it is found. A client that reads slowly slows the loop down, not the memory up.</summary>
    public override async Task ListFeatures(Rectangle request, IServerStreamWriter<Feature> responseStream, ServerCallContext context)
    {
        if (request.Lo is null || request.Hi is null)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "A rectangle needs both corners, lo and hi."));
        }

        foreach (var feature in map.Features.Where(feature => request.Contains(feature.Location)))
        {
            await responseStream.WriteAsync(feature, context.CancellationToken);
        }
    }

    /// <summary>Request-streaming: reads to the client's end, then answers once.</summary>
    public override async Task<RouteSummary> RecordRoute(IAsyncStreamReader<Point> requestStream, ServerCallContext context)
    {
        var began = time.GetTimestamp();
        var summary = new RouteSummary();
        var distance = 0.0;
        Point? previous = null;
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            var point = requestStream.Current;
            summary.PointCount++;
            summary.FeatureCount += map.Find(point) is null ? 0 : 1;
            distance += previous?.DistanceTo(point) ?? 0;
            previous = point;
        }

        summary.Distance = (int)distance;
        summary.ElapsedTime = (int)time.GetElapsedTime(began).TotalSeconds;
        return summary;
    }

    /// <summary>Bidirectional: both streams are open at once; here each message is answered as it comes.</summary>
    public override async Task RouteChat(IAsyncStreamReader<RouteNote> requestStream, IServerStreamWriter<RouteNote> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            var note = requestStream.Current;
            var notesHere = _notes.GetOrAdd(note.Location, _ => new ConcurrentQueue<RouteNote>());
            foreach (var earlier in notesHere.ToArray())
            {
                await responseStream.WriteAsync(earlier, context.CancellationToken);
            }

            notesHere.Enqueue(note);
        }
    }
}
