using Trunkline.Http2;

namespace Trunkline.Fuzz.Connections;

/// <summary>What the application's messages begin and end with.</summary>
internal static class Heads
{
    private static readonly PreparedFields Response = Prepare((":status", "200"), ("content-type", "text/plain"));
    private static readonly PreparedFields Get = Prepare((":method", "GET"), (":scheme", "http"), (":path", "/get"), (":authority", "fuzz"));
    private static readonly PreparedFields Post = Prepare((":method", "POST"), (":scheme", "http"), (":path", "/post"), (":authority", "fuzz"), ("te", "trailers"));
    private static int _count;

    public static PreparedFields Trailers { get; } = Prepare(("grpc-status", "0"));

    /// <summary>The constant part.</summary>
    public static PreparedFields Prepared(bool isServer, int id) => isServer ? Response : id % 4 == 1 ? Get : Post;

    /// <summary>The part that differs from message to message, so that the encoder's table moves.</summary>
    public static FieldSection Own(bool isServer)
    {
        var fields = new FieldSection();
        fields.Add(isServer ? "x-answer" : "x-request", $"number {_count++ % 40}");
        if (_count % 7 == 0)
        {
            fields.Add("x-large", new string('l', 300), Indexing.Without);
        }

        return fields;
    }

    /// <summary>A request that a server promises to have been asked.</summary>
    public static FieldSection Pushed()
    {
        var fields = new FieldSection();
        fields.Add(":method", "GET");
        fields.Add(":scheme", "http");
        fields.Add(":path", $"/pushed/{_count++ % 10}");
        fields.Add(":authority", "fuzz");
        return fields;
    }

    /// <summary>Begins the numbers anew, so that an execution depends on its input alone.</summary>
    public static void Restart() => _count = 0;

    private static PreparedFields Prepare(params (string Name, string Value)[] fields)
    {
        var section = new FieldSection();
        foreach ((string name, string value) in fields)
        {
            section.Add(name, value);
        }

        return new PreparedFields(section);
    }
}
