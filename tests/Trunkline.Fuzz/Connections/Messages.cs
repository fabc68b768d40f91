using Trunkline.Fuzz.Running;

namespace Trunkline.Fuzz.Connections;

/// <summary>Header blocks that the peer sends: sound ones first, then the ways in which a message can be malformed (RFC 9113 8.1 to 8.3).</summary>
internal static class Messages
{
    private static readonly string[] Digits = ["0", "1", "5", "12", "100", "16384", "-1", "1x", ""];

    public static byte[] Request(byte choice, bool isAdded, InputReader input) => (choice % 24) switch
    {
        < 6 => [0x82, 0x86, 0x84],
        < 9 => PlainBlock.Of(isAdded, (":method", "POST"), (":scheme", "http"), (":path", "/p"), (":authority", "fuzz"), ("content-type", "application/grpc"), ("te", "trailers")),
        9 or 10 => PlainBlock.Of(isAdded, (":method", "PUT"), (":scheme", "http"), (":path", "/l"), ("content-length", Digits[input.Byte() % Digits.Length])),
        11 => PlainBlock.Of(isAdded, (":method", "HEAD"), (":scheme", "http"), (":path", "/h"), ("priority", "u=1, i")),
        12 => PlainBlock.Of(isAdded, (":method", "CONNECT"), (":authority", "fuzz:1")),
        13 => PlainBlock.Of(isAdded, (":method", "OPTIONS"), (":scheme", "http"), (":path", "*"), ("cookie", "a=b"), ("cookie", "c=d"), ("priority", "u=9, x=\"y")),
        14 => PlainBlock.Of(isAdded, (":method", "GET"), (":scheme", "http"), (":path", "/big"), ("x-big", new string('b', 40 * input.Byte()))),
        15 => PlainBlock.Of(isAdded, (":method", "GET"), (":scheme", "http"), ("connection", "close"), (":path", "/")),
        16 => PlainBlock.Of(isAdded, (":method", "GET"), (":scheme", "http")),
        17 => PlainBlock.Of(isAdded, (":method", "GET"), (":method", "GET"), (":scheme", "http"), (":path", "/")),
        18 => PlainBlock.Of(isAdded, (":method", "GET"), (":scheme", "http"), (":path", "/"), ("X-Upper", "a")),
        19 => PlainBlock.Of(isAdded, (":method", "GET"), (":scheme", "http"), (":path", "/"), ("te", "gzip"), ("x", " space ")),
        20 => [0x82, 0x86, 0x84, (byte)(0xBE + (input.Byte() % 4))],
        21 => [.. Many(input.Byte())],
        22 => input.Bytes(input.Byte() % 32),
        _ => [],
    };

    public static byte[] Response(byte choice, bool isAdded, InputReader input) => (choice % 20) switch
    {
        < 6 => [0x88],
        6 or 7 => PlainBlock.Of(isAdded, (":status", "200"), ("content-type", "application/grpc"), ("priority", "u=2")),
        8 => PlainBlock.Of(isAdded, (":status", "200"), ("content-length", Digits[input.Byte() % Digits.Length])),
        9 => PlainBlock.Of(isAdded, (":status", "103"), ("link", "</a.css>")),
        10 => PlainBlock.Of(isAdded, (":status", "100")),
        11 => PlainBlock.Of(isAdded, (":status", "101")),
        12 => PlainBlock.Of(isAdded, (":status", "204"), ("content-length", "7")),
        13 => PlainBlock.Of(isAdded, (":status", "20")),
        14 => PlainBlock.Of(isAdded, ("x", "no status")),
        15 => PlainBlock.Of(isAdded, (":status", "200"), ("x-big", new string('b', 40 * input.Byte()))),
        16 => PlainBlock.Of(isAdded, (":status", "304"), (":path", "/")),
        17 => [0x88, (byte)(0xBE + (input.Byte() % 4))],
        18 => input.Bytes(input.Byte() % 32),
        _ => [0x82, 0x86, 0x84],
    };

    public static byte[] Trailers(byte choice, bool isAdded, InputReader input) => (choice % 8) switch
    {
        < 4 => PlainBlock.Of(isAdded, ("grpc-status", "0")),
        4 => [],
        5 => PlainBlock.Of(isAdded, (":status", "200")),
        6 => PlainBlock.Of(isAdded, ("Bad", "\n")),
        _ => input.Bytes(input.Byte() % 16),
    };

    // Many short fields, or many references to one that the table may have.
    private static IEnumerable<byte> Many(byte count) => [0x82, 0x86, 0x84, .. Enumerable.Repeat((byte)(count % 2 == 0 ? 0x90 : 0xBE), count)];
}
