using System.Text;

namespace Trunkline.Http2.Tests.Hpack;

/// <summary>Field lists as they come in calls: few names, some values again and again, some new, some large, some binary.</summary>
internal static class RandomFields
{
    private static readonly string[] Names =
    [
        ":path", ":method", "content-type", "te", "user-agent", "grpc-timeout", "grpc-status", "authorization", "x-a", "x-b", "x-trace-bin", "cookie",
    ];

    public static FieldSection Next(Random random)
    {
        var fields = new FieldSection();
        for (int count = random.Next(0, 12); count > 0; count--)
        {
            fields.Add(Encoding.ASCII.GetBytes(Names[random.Next(Names.Length)]), Value(random), (Indexing)random.Next(3));
        }

        return fields;
    }

    public static List<(string Name, string Value)> ToList(FieldSection fields) =>
        [.. Enumerable.Range(0, fields.Count).Select(i => (Encoding.Latin1.GetString(fields.Name(i)), Encoding.Latin1.GetString(fields.Value(i))))];

    private static byte[] Value(Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                return Encoding.ASCII.GetBytes($"value-{random.Next(6)}");
            case 1:
                return [];
            case 2:
                byte[] binary = new byte[random.Next(300)];
                random.NextBytes(binary);
                return binary;
            default:
                return Encoding.ASCII.GetBytes(new string((char)random.Next('a', 'z'), random.Next(60)));
        }
    }
}
