namespace Routes;

/// <summary>The four kinds of call as blocking code: plain methods, <c>foreach</c> and <c>IEnumerable</c>.</summary>
internal sealed class BlockingTour(RouteGuide.RouteGuideClient client, Notebook notebook)
{
    public void GetFeature()
    {
        notebook.Write(client.GetFeature(Travel.EiffelTower));
        notebook.Write(client.GetFeature(Travel.PointNemo));
    }

    public void ListFeatures()
    {
        var count = 0;
        foreach (var feature in client.ListFeatures(Travel.Alps).Blocking())
        {
            notebook.Write(feature);
            count++;
        }

        Notebook.Expect(count > 0, "the Alps are not empty");
    }

    public void RecordRoute()
    {
        var summary = client.RecordRoute(Travel.Orient);
        notebook.Write(summary);
        Notebook.Expect(summary.PointCount == Travel.Orient.Length, "every point is counted");
    }

    public void RouteChat()
    {
        var replies = 0;
        foreach (var note in client.RouteChat(Travel.Notes("A patient traveller")))
        {
            notebook.Write(note);
            replies++;
        }

        Notebook.Expect(replies >= Travel.FewestReplies, "later notes find the earlier ones");
    }
}
