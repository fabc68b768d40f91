using System.Text;
using Trunkline.Http2;
using Trunkline.Rpc.Headers;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Clients;

/// <summary>
/// What the response of a call says, block by block: the client's decision procedure of gRPC over HTTP/2, "Responses". Owned by the read loop.
/// </summary>
internal sealed class ResponseParser(ClientCall call)
{
    private MessageDeframer _deframer;
    private ForeignAnswer? _foreign;

    /// <summary>The coding of compressed messages that the response named; null for none.</summary>
    public MessageCoding? Coding { get; private set; }

    /// <summary>Begins a response.</summary>
    /// <param name="maxLength">The longest message taken, in bytes.</param>
    public void Begin(int maxLength)
    {
        _deframer = new MessageDeframer(maxLength);
        _foreign = null;
        Coding = null;
    }

    /// <summary>Gives back the memory of a message that will not become whole.</summary>
    public void Abandon() => _deframer.Abandon();

    /// <summary>A block of response headers came; or trailers, where the response is Trailers-Only.</summary>
    public void OnHeaders(in FieldBlock fields, bool endStream)
    {
        ResponseFields response = ResponseFields.Read(fields);
        if (response.HttpStatus is >= 100 and < 200)
        {
            return;
        }

        if (response.HasGrpcStatus && endStream)
        {
            EndByServer(fields, response);
        }
        else if (!response.HasGrpcStatus && (response.HttpStatus != 200 || !response.IsGrpc))
        {
            call.NoteBody();
            _foreign = new ForeignAnswer(response.HttpStatus, response.ContentType.IsEmpty ? null : Encoding.Latin1.GetString(response.ContentType));
        }
        else
        {
            BeginResponse(fields, response);
        }

        if (endStream)
        {
            EndWithoutStatus();
        }
    }

    /// <summary>Content came.</summary>
    public void OnData(ReadOnlyMemory<byte> data, bool endStream)
    {
        if (_foreign is { } foreign)
        {
            call.Consume(data.Length);
            if (foreign.Append(data.Span))
            {
                call.EndForeign(foreign);
            }
        }
        else
        {
            ReadMessages(data);
        }

        if (endStream)
        {
            EndWithoutStatus();
        }
    }

    /// <summary>Trailers came.</summary>
    public void OnTrailers(in FieldBlock fields)
    {
        ResponseFields trailers = ResponseFields.Read(fields);
        if (trailers.HasGrpcStatus)
        {
            EndByServer(fields, trailers);
        }
        else
        {
            EndWithoutStatus();
        }
    }

    private void BeginResponse(in FieldBlock fields, ResponseFields response)
    {
        call.NoteBody();
        if (!MessageCodings.TryFind(response.Encoding, out MessageCoding? coding))
        {
            call.Fail(MessageFault.UnknownCoding(Encoding.Latin1.GetString(response.Encoding)));
            return;
        }

        Coding = coding;
        if (MetadataReader.Read(fields, MetadataBlock.Response, out Metadata metadata) is { } broken)
        {
            call.End(BrokenMetadata(broken));
            return;
        }

        call.SetResponseHeaders(metadata);
    }

    private void EndByServer(in FieldBlock fields, ResponseFields response)
    {
        CallOutcome outcome = MetadataReader.Read(fields, MetadataBlock.Trailers, out Metadata trailers) is { } broken
            ? BrokenMetadata(broken)
            : CallOutcome.FromServer(response.GrpcStatus, response.Detail, trailers);
        if (outcome.IsSuccess && _deframer.End() is { IsNone: false } fault)
        {
            outcome = call.Failed(fault);
        }

        call.EndByServer(outcome);
    }

    private void EndWithoutStatus()
    {
        if (call.Outcome is not null)
        {
            return;
        }

        if (_foreign is { } foreign)
        {
            call.EndForeign(foreign);
            return;
        }

        MessageFault fault = _deframer.End();
        call.End(fault.IsNone ? call.Failed(StatusCode.Unknown, "The server ended the response without a grpc-status.") : call.Failed(fault));
    }

    private void ReadMessages(ReadOnlyMemory<byte> input)
    {
        int length = input.Length;
        while (call.Outcome is null)
        {
            switch (_deframer.Read(ref input, out MessageFrame frame, out MessageFault fault))
            {
                case DeframeOutcome.Message:
                    call.OnMessage(frame);
                    break;
                case DeframeOutcome.Fault:
                    call.Fail(fault);
                    return;
                default:
                    call.OnReceived(length, _deframer.PartialLength);
                    return;
            }
        }
    }

    private CallOutcome BrokenMetadata(string name) =>
        call.Failed(StatusCode.Internal, $"The server sent metadata \"{name}\" whose value is not base64.");
}
