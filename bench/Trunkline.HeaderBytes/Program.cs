using System.Globalization;
using Trunkline.HeaderBytes;

// Every row: the same header blocks through three encoders, each with a dynamic table of 4,096 bytes and the state of one connection. What an encoder
// writes is decoded again and must be what went in.
Console.WriteLine("| traffic | blocks | names and values | Trunkline | nghttp2 | python3-hpack | Trunkline to nghttp2 |");
Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|");
foreach (var traffic in (IEnumerable<Traffic>)[.. await GrpcTraffic.RecordAsync(), .. WebTraffic.Make()])
{
    var ours = traffic.WireBytes ?? Measure(traffic, new TrunklineEncoder());
    var nghttp2 = Measure(traffic, new Nghttp2Encoder());
    var python = Measure(traffic, new PythonEncoder());
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {traffic.Name} | {traffic.Blocks.Count} | {traffic.PlainBytes:N0} B | {Show(ours)} | {Show(nghttp2)} | {Show(python)} | {(double)ours / nghttp2:0.000} |"));

    string Show(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} B, {100.0 * bytes / traffic.PlainBytes:0.0} %");
}

static long Measure(Traffic traffic, IHeaderEncoder encoder)
{
    using (encoder)
    {
        var reader = new BlockReader();
        return traffic.Blocks.Sum(block =>
        {
            var encoded = encoder.Encode(block);
            var decoded = reader.Read(encoded);
            return decoded.Length == block.Length && decoded.Zip(block).All(static pair => pair.First.IsSame(pair.Second))
                ? (long)encoded.Length
                : throw new InvalidOperationException($"{encoder.GetType().Name} changed a block of \"{traffic.Name}\"");
        });
    }
}
