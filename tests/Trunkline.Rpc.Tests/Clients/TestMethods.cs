using System.Buffers;
using System.Text;

namespace Trunkline.Rpc.Tests.Clients;

/// <summary>Methods of text messages, with a trusted codec and with plain functions.</summary>
internal static class TestMethods
{
    public static readonly Marshaller<string> Codec = new(new TextCodec());

    public static readonly Method<string, string> Unary = Make(MethodType.Unary, "Unary", Codec);
    public static readonly Method<string, string> ServerStreaming = Make(MethodType.ServerStreaming, "ServerStreaming", Codec);
    public static readonly Method<string, string> ClientStreaming = Make(MethodType.ClientStreaming, "ClientStreaming", Codec);
    public static readonly Method<string, string> Duplex = Make(MethodType.DuplexStreaming, "Duplex", Codec);
    public static readonly Method<string, string> PlainUnary = Make(MethodType.Unary, "Unary", Marshallers.StringMarshaller);
    public static readonly Method<string, string> PlainDuplex = Make(MethodType.DuplexStreaming, "Duplex", Marshallers.StringMarshaller);

    private static Method<string, string> Make(MethodType type, string name, Marshaller<string> marshaller) =>
        new(type, "test.Service", name, marshaller, marshaller);

    private sealed class TextCodec : MessageCodec<string>
    {
        public override int SizeOf(string message) => Encoding.UTF8.GetByteCount(message);

        public override void WriteTo(string message, Span<byte> destination) => Encoding.UTF8.GetBytes(message, destination);

        public override string ReadFrom(in ReadOnlySequence<byte> payload) => Encoding.UTF8.GetString(payload);
    }
}
