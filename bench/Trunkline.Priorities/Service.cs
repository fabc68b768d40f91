namespace Trunkline.Priorities;

/// <summary>The server's two methods: a small answer, and a download that goes on until its caller has enough.</summary>
internal static class Service
{
    public static readonly Method<byte[], byte[]> Ask = new(MethodType.Unary, "bench.Priorities", "Ask", Raw, Raw);
    public static readonly Method<byte[], byte[]> Download = new(MethodType.ServerStreaming, "bench.Priorities", "Download", Raw, Raw);

    private const int AnswerLength = 100;
    private const int PieceLength = 64 * 1024;

    private static Marshaller<byte[]> Raw => Marshallers.Create(static bytes => bytes, static bytes => bytes);

    public static ServerServiceDefinition Bind() =>
        ServerServiceDefinition.CreateBuilder().AddMethod(Ask, AnswerAsync).AddMethod(Download, DownloadAsync).Build();

    private static Task<byte[]> AnswerAsync(byte[] request, ServerCallContext context) => Task.FromResult(new byte[AnswerLength]);

    private static async Task DownloadAsync(byte[] request, IServerStreamWriter<byte[]> responses, ServerCallContext context)
    {
        byte[] piece = new byte[PieceLength];
        while (!context.CancellationToken.IsCancellationRequested)
        {
            await responses.WriteAsync(piece);
        }
    }
}
