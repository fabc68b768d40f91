using System.Buffers;
using System.Text;

namespace Trunkline.Rpc.Tests.Servers;

/// <summary>Makes services whose messages are text, in any kind and form.</summary>
internal static class TextService
{
    public const string Name = "test.Text";

    public static Marshaller<string> Plain { get; } = Marshallers.StringMarshaller;

    public static Marshaller<string> Trusted { get; } = new(new TextCodec());

    public static string Path(string method) => $"/{Name}/{method}";

    public static Method<string, string> Method(MethodType type, string name, Marshaller<string>? marshaller = null) =>
        new(type, Name, name, marshaller ?? Trusted, marshaller ?? Trusted);

    public static ServerServiceDefinition.Builder Builder() => ServerServiceDefinition.CreateBuilder();

    public static ServerServiceDefinition.Builder Unary(
        this ServerServiceDefinition.Builder builder, string name, UnaryServerMethod<string, string> handler, Marshaller<string>? marshaller = null) =>
        builder.AddMethod(Method(MethodType.Unary, name, marshaller), handler);

    public static ServerServiceDefinition.Builder ClientStreaming(
        this ServerServiceDefinition.Builder builder, string name, ClientStreamingServerMethod<string, string> handler, Marshaller<string>? marshaller = null) =>
        builder.AddMethod(Method(MethodType.ClientStreaming, name, marshaller), handler);

    public static ServerServiceDefinition.Builder ServerStreaming(
        this ServerServiceDefinition.Builder builder, string name, ServerStreamingServerMethod<string, string> handler, Marshaller<string>? marshaller = null) =>
        builder.AddMethod(Method(MethodType.ServerStreaming, name, marshaller), handler);

    public static ServerServiceDefinition.Builder Duplex(
        this ServerServiceDefinition.Builder builder, string name, DuplexStreamingServerMethod<string, string> handler, Marshaller<string>? marshaller = null) =>
        builder.AddMethod(Method(MethodType.DuplexStreaming, name, marshaller), handler);

    public static ServerServiceDefinition.Builder BlockingUnary(
        this ServerServiceDefinition.Builder builder, string name, BlockingUnaryServerMethod<string, string> handler) =>
        builder.AddBlockingMethod(Method(MethodType.Unary, name), handler);

    public static ServerServiceDefinition.Builder BlockingClientStreaming(
        this ServerServiceDefinition.Builder builder, string name, BlockingClientStreamingServerMethod<string, string> handler) =>
        builder.AddBlockingMethod(Method(MethodType.ClientStreaming, name), handler);

    public static ServerServiceDefinition.Builder BlockingServerStreaming(
        this ServerServiceDefinition.Builder builder, string name, BlockingServerStreamingServerMethod<string, string> handler) =>
        builder.AddBlockingMethod(Method(MethodType.ServerStreaming, name), handler);

    public static ServerServiceDefinition.Builder BlockingDuplex(
        this ServerServiceDefinition.Builder builder, string name, BlockingDuplexStreamingServerMethod<string, string> handler) =>
        builder.AddBlockingMethod(Method(MethodType.DuplexStreaming, name), handler);

    private sealed class TextCodec : MessageCodec<string>
    {
        public override int SizeOf(string message) => Encoding.UTF8.GetByteCount(message);

        public override void WriteTo(string message, Span<byte> destination) => Encoding.UTF8.GetBytes(message, destination);

        public override string ReadFrom(in ReadOnlySequence<byte> payload) => Encoding.UTF8.GetString(payload);
    }
}
