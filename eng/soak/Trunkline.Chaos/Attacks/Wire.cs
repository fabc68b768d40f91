using System.Buffers.Binary;

namespace Trunkline.Chaos.Attacks;

/// <summary>Frames as bytes. Nothing here keeps to any rule.</summary>
internal static class Wire
{
    public const byte Data = 0, Headers = 1, Priority = 2, RstStream = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9, PriorityUpdate = 16;

    public const byte EndStream = 1, Ack = 1, EndHeaders = 4;

    /// <summary>The client's 24 bytes, empty SETTINGS, and the acknowledgement of the server's: what is missed is not what ends the attack.</summary>
    public static readonly byte[] Preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0), .. Frame(Settings, Ack, 0)];

    public static byte[] Frame(byte type, byte flags, int stream, params ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, ((uint)payload.Length << 8) | type);
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>The header block of a call, without the use of any table.</summary>
    public static byte[] Request(string method) =>
    [
        0x83, 0x86, .. Field(":path", $"/{EchoMethods.Service}/{method}"), .. Field(":authority", "chaos"), .. Field("content-type", "application/grpc"), .. Field("te", "trailers"),
    ];

    /// <summary>A whole call in one write.</summary>
    public static byte[] Call(int stream, string method, string message) =>
        [.. Frame(Headers, EndHeaders, stream, Request(method)), .. Frame(Data, EndStream, stream, Message(message))];

    /// <summary>A gRPC message with its prefix.</summary>
    public static byte[] Message(string text) => [0, 0, 0, (byte)(text.Length >> 8), (byte)text.Length, .. System.Text.Encoding.ASCII.GetBytes(text)];

    public static byte[] Number(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>A literal field that enters no table; name and value below 127 bytes.</summary>
    public static byte[] Field(string name, string value) =>
        [0, (byte)name.Length, .. System.Text.Encoding.ASCII.GetBytes(name), (byte)value.Length, .. System.Text.Encoding.ASCII.GetBytes(value)];
}
