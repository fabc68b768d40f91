namespace Routes;

/// <summary>The four kinds of call as asynchronous code: <c>await</c>, <c>await foreach</c>, and the streams by hand.</summary>
internal sealed class AsyncTour(RouteGuide.RouteGuideClient client, Notebook notebook)
{
    public async Task GetFeatureAsync()
    {
        notebook.Write(await client.GetFeatureAsync(Travel.EiffelTower));
        notebook.Write(await client.GetFeatureAsync(Travel.PointNemo));
    }

    public async Task ListFeaturesAsync()
    {
        var count = 0;
        await foreach (var feature in client.ListFeatures(Travel.Alps))
        {
            notebook.Write(feature);
            count++;
        }

        Notebook.Expect(count > 0, "the Alps are not empty");
    }

    public async Task RecordRouteAsync()
    {
        using var call = client.RecordRoute();
        foreach (var point in Travel.Orient)
        {
            await call.RequestStream.WriteAsync(point);
        }

        await call.RequestStream.CompleteAsync();
        var summary = await call.ResponseAsync;
        notebook.Write(summary);
        Notebook.Expect(summary.PointCount == Travel.Orient.Length, "every point is counted");
    }

    public async Task RouteChatAsync()
    {
        using var call = client.RouteChat();
        var reading = ReadAsync();
        foreach (var note in Travel.Notes("A hasty traveller"))
        {
            await call.RequestStream.WriteAsync(note); // The answers to earlier notes arrive meanwhile.
        }

        await call.RequestStream.CompleteAsync();
        Notebook.Expect(await reading >= Travel.FewestReplies, "later notes find the earlier ones");

        async Task<int> ReadAsync()
        {
            var replies = 0;
            await foreach (var note in call)
            {
                notebook.Write(note);
                replies++;
            }

            return replies;
        }
    }
}
