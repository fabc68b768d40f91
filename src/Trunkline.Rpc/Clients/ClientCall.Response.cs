using System.Text;
using Trunkline.Http2;
using Trunkline.Rpc.Headers;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Clients;

/// <content>What the response says, block by block: the client's decision procedure of gRPC over HTTP/2, "Responses". All of it runs on the read loop.</content>
internal abstract partial class ClientCall
{
    private MessageDeframer _deframer;
    private ForeignAnswer? _foreign;

    /// <inheritdoc/>
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
            BeginForeignAnswer(response);
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

    /// <inheritdoc/>
    public void OnData(ReadOnlyMemory<byte> data, bool endStream)
    {
        if (_foreign is { } foreign)
        {
            Stream?.Consume(data.Length);
            if (foreign.Append(data.Span))
            {
                EndForeign(foreign);
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

    /// <inheritdoc/>
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
        _phase = CallPhase.Body;
        if (!MessageCodings.TryFind(response.Encoding, out MessageCoding? coding))
        {
            End(MessageFault.UnknownCoding(Encoding.Latin1.GetString(response.Encoding)));
            return;
        }

        ResponseCoding = coding;
        if (MetadataReader.Read(fields, MetadataBlock.Response, out Metadata metadata) is { } broken)
        {
            End(BrokenMetadata(broken));
            return;
        }

        _responseHeaders.Set(metadata);
    }

    private void BeginForeignAnswer(ResponseFields response)
    {
        _phase = CallPhase.Body;
        _foreign = new ForeignAnswer(response.HttpStatus, response.ContentType.IsEmpty ? null : Encoding.Latin1.GetString(response.ContentType));
    }

    private void EndForeign(ForeignAnswer foreign) => End(CallOutcome.Failed(
        foreign.Code, foreign.Describe(), new CallFailure { Phase = _phase, Peer = Peer, HttpStatus = foreign.HttpStatus }));

    /// <summary>The server's status. The stream ends by itself when this side has ended too, and is reset otherwise (gRPC over HTTP/2, "Responses").</summary>
    private void EndByServer(in FieldBlock fields, ResponseFields response)
    {
        CallOutcome outcome = MetadataReader.Read(fields, MetadataBlock.Trailers, out Metadata trailers) is { } broken
            ? BrokenMetadata(broken)
            : CallOutcome.FromServer(response.GrpcStatus, response.Detail, trailers);
        if (outcome.IsSuccess)
        {
            MessageFault fault = _deframer.End();
            outcome = fault.IsNone ? CheckSuccess() ?? outcome : Failed(fault);
        }
        else if (outcome.Status.StatusCode == StatusCode.Cancelled && _clock.IsPast)
        {
            // The server's clock was a little ahead; to the caller it is the deadline that ended the call.
            outcome = Failed(StatusCode.DeadlineExceeded, DeadlineText());
        }

        lock (Sync)
        {
            Outcome ??= outcome;
            if (!IsRequestSent)
            {
                // What the server no longer wants need not be sent; without this the stream would stay half open.
                Stream?.Reset(Http2ErrorCode.Cancel);
            }
        }
    }

    private void EndWithoutStatus()
    {
        if (Outcome is not null)
        {
            return;
        }

        if (_foreign is { } foreign)
        {
            EndForeign(foreign);
            return;
        }

        MessageFault fault = _deframer.End();
        End(fault.IsNone ? Failed(StatusCode.Unknown, "The server ended the response without a grpc-status.") : Failed(fault));
    }

    private void ReadMessages(ReadOnlyMemory<byte> input)
    {
        int length = input.Length;
        while (Outcome is null)
        {
            switch (_deframer.Read(ref input, out MessageFrame frame, out MessageFault fault))
            {
                case DeframeOutcome.Message:
                    OnMessage(frame);
                    break;
                case DeframeOutcome.Fault:
                    End(fault);
                    return;
                default:
                    OnReceived(length, _deframer.PartialLength);
                    return;
            }
        }
    }

    private CallOutcome BrokenMetadata(string name) =>
        Failed(StatusCode.Internal, $"The server sent metadata \"{name}\" whose value is not base64.");
}
