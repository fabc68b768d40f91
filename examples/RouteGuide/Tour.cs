using Trunkline;

namespace Routes;

/// <summary>The client's half: the four kinds of call, each in both styles, over one channel.</summary>
internal static class Tour
{
    /// <summary>Makes the eight calls and prints what they bring; true if all went well.</summary>
    public static async Task<bool> RunAsync(string address, TextWriter output)
    {
        await using var channel = new Channel(address, ChannelCredentials.Insecure);
        var client = new RouteGuide.RouteGuideClient(channel);
        var notebook = new Notebook(output);
        var blocking = new BlockingTour(client, notebook);
        var async = new AsyncTour(client, notebook);

        await notebook.CallAsync("GetFeature (unary), blocking", () => Task.Run(blocking.GetFeature));
        await notebook.CallAsync("GetFeature (unary), async", async.GetFeatureAsync);
        await notebook.CallAsync("ListFeatures (response-streaming), blocking", () => Task.Run(blocking.ListFeatures));
        await notebook.CallAsync("ListFeatures (response-streaming), async", async.ListFeaturesAsync);
        await notebook.CallAsync("RecordRoute (request-streaming), blocking", () => Task.Run(blocking.RecordRoute));
        await notebook.CallAsync("RecordRoute (request-streaming), async", async.RecordRouteAsync);
        await notebook.CallAsync("RouteChat (bidirectional), blocking", () => Task.Run(blocking.RouteChat));
        await notebook.CallAsync("RouteChat (bidirectional), async", async.RouteChatAsync);

        await output.WriteLineAsync($"{notebook.Successes} of {notebook.Calls} calls ok");
        return notebook.Successes == notebook.Calls;
    }
}
