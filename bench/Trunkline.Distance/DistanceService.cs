using Google.Protobuf;

namespace Trunkline.Distance;

/// <summary>Takes and gives bytes.</summary>
internal sealed class DistanceService : Distance.DistanceBase
{
    public override Task<Receipt> Put(Blob request, ServerCallContext context) => Task.FromResult(new Receipt { Bytes = request.Body.Length });

    public override Task<Blob> Get(Wanted request, ServerCallContext context) => Task.FromResult(Cargo.Of(request.Bytes));

    public override async Task<Receipt> PutStream(IAsyncStreamReader<Blob> requestStream, ServerCallContext context)
    {
        var receipt = new Receipt();
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            receipt.Bytes += requestStream.Current.Body.Length;
        }

        return receipt;
    }

    public override async Task GetStream(Wanted request, IServerStreamWriter<Blob> responseStream, ServerCallContext context)
    {
        foreach (var blob in Cargo.InPieces(request.Bytes))
        {
            await responseStream.WriteAsync(blob);
        }
    }
}

/// <summary>What is moved. Made once: making it is not what is measured.</summary>
internal static class Cargo
{
    /// <summary>The size of a streamed message, in bytes.</summary>
    public const int Piece = 64 * 1024;

    private static readonly Blob WholePiece = New(Piece);
    private static Blob _whole = new();

    /// <summary>All of it in one message.</summary>
    public static Blob Of(long bytes)
    {
        var whole = _whole;
        if (whole.Body.Length != bytes)
        {
            _whole = whole = New((int)bytes);
        }

        return whole;
    }

    /// <summary>All of it in messages of one size, the last one shorter.</summary>
    public static IEnumerable<Blob> InPieces(long bytes)
    {
        for (; bytes >= Piece; bytes -= Piece)
        {
            yield return WholePiece;
        }

        if (bytes > 0)
        {
            yield return New((int)bytes);
        }
    }

    private static Blob New(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return new Blob { Body = UnsafeByteOperations.UnsafeWrap(bytes) };
    }
}
