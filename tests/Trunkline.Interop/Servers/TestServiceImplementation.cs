using System.Globalization;
using Trunkline.Utils;

namespace Trunkline.Interop.Servers;

/// <summary>The standard interop service. UnimplementedCall stays as the base class has it: unimplemented.</summary>
internal sealed class TestServiceImplementation : TestService.TestServiceBase
{
    private readonly CallWatches _watches = new();

    public override Task<Empty> EmptyCall(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override async Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        EndIfAsked(request.ResponseStatus);
        return new SimpleResponse { Payload = CheckedSize(request.ResponseSize) > 0 ? Payloads.Zeros(request.ResponseSize) : null };
    }

    public override Task<SimpleResponse> CacheableUnaryCall(SimpleRequest request, ServerCallContext context) => UnaryCall(request, context);

    public override Task StreamingOutputCall(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context) =>
        RespondAsync(request, responseStream, context);

    public override async Task<StreamingInputCallResponse> StreamingInputCall(
        IAsyncStreamReader<StreamingInputCallRequest> requestStream, ServerCallContext context)
    {
        int sum = 0;
        await foreach (StreamingInputCallRequest request in requestStream.ReadAllAsync())
        {
            sum += request.Payload?.Body.Length ?? 0;
        }

        return new StreamingInputCallResponse { AggregatedPayloadSize = sum };
    }

    public override async Task FullDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requestStream,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context)
    {
        _watches.Watch(context);
        await EchoMetadataAsync(context);
        await foreach (StreamingOutputCallRequest request in requestStream.ReadAllAsync())
        {
            await RespondAsync(request, responseStream, context);
        }
    }

    public override async Task HalfDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requestStream,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context)
    {
        foreach (StreamingOutputCallRequest request in await requestStream.ToListAsync())
        {
            await RespondAsync(request, responseStream, context);
        }
    }

    private static async Task RespondAsync(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responses, ServerCallContext context)
    {
        EndIfAsked(request.ResponseStatus);
        foreach (ResponseParameters parameters in request.ResponseParameters)
        {
            if (parameters.IntervalUs > 0)
            {
                await Task.Delay(TimeSpan.FromMicroseconds(parameters.IntervalUs), TimeProvider.System, context.CancellationToken);
            }

            await responses.WriteAsync(new StreamingOutputCallResponse { Payload = Payloads.Zeros(CheckedSize(parameters.Size)) });
        }
    }

    private async Task EchoMetadataAsync(ServerCallContext context)
    {
        var initial = new Metadata();
        foreach (Metadata.Entry entry in context.RequestHeaders)
        {
            switch (entry.Key)
            {
                case MetadataKeys.EchoInitial:
                    initial.Add(entry);
                    break;
                case MetadataKeys.EchoTrailing:
                    context.ResponseTrailers.Add(entry);
                    break;
                case MetadataKeys.AskDeadline:
                    initial.Add(MetadataKeys.Deadline, MillisecondsLeft(context).ToString(CultureInfo.InvariantCulture));
                    break;
                case MetadataKeys.AwaitEnd:
                    initial.Add(MetadataKeys.Ended, await _watches.AwaitAsync(entry.Value));
                    break;
            }
        }

        if (initial.Count > 0)
        {
            await context.WriteResponseHeadersAsync(initial);
        }
    }

    private static long MillisecondsLeft(ServerCallContext context) =>
        context.Deadline == DateTime.MaxValue ? -1 : (long)(context.Deadline - TimeProvider.System.GetUtcNow().UtcDateTime).TotalMilliseconds;

    private static void EndIfAsked(EchoStatus? status)
    {
        if (status is { Code: not 0 })
        {
            throw new RpcException(new Status((StatusCode)status.Code, status.Message));
        }
    }

    private static int CheckedSize(int size) =>
        size >= 0 ? size : throw new RpcException(new Status(StatusCode.InvalidArgument, $"a response cannot have {size} bytes"));
}
