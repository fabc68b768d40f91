using System.Runtime.InteropServices;
using System.Text;
using Trunkline.Http2;
using Trunkline.Rpc.Headers;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Clients;

/// <summary>What the protocol's own fields of a response's header block or trailers say.</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct ResponseFields
{
    private const int HighestStatusCode = (int)StatusCode.Unauthenticated;

    /// <summary><c>:status</c>; 0 in trailers.</summary>
    public int HttpStatus { get; private set; }

    /// <summary>True when <c>content-type</c> names gRPC.</summary>
    public bool IsGrpc { get; private set; }

    public ReadOnlySpan<byte> ContentType { get; private set; }

    /// <summary>The value of <c>grpc-encoding</c>; empty where there is none.</summary>
    public ReadOnlySpan<byte> Encoding { get; private set; }

    /// <summary>True when <c>grpc-status</c> is there; then it decides, whatever else the block says.</summary>
    public bool HasGrpcStatus { get; private set; }

    /// <summary>The status; UNKNOWN where the value is not a number from 0 to 16.</summary>
    public StatusCode GrpcStatus { get; private set; }

    private ReadOnlySpan<byte> GrpcMessage { get; set; }

    private ReadOnlySpan<byte> BadGrpcStatus { get; set; }

    /// <summary>The text that belongs to the status.</summary>
    public readonly string Detail => !BadGrpcStatus.IsEmpty
        ? $"The server sent the grpc-status \"{System.Text.Encoding.Latin1.GetString(BadGrpcStatus)}\", which is none. {PercentEncoding.Decode(GrpcMessage)}"
        : GrpcMessage.IsEmpty ? "" : PercentEncoding.Decode(GrpcMessage);

    /// <summary>Reads a block.</summary>
    public static ResponseFields Read(in FieldBlock fields)
    {
        ResponseFields result = default;
        foreach (Field field in fields)
        {
            switch (field.Known)
            {
                case FieldName.Status:
                    result.HttpStatus = ((field.Value[0] - '0') * 100) + ((field.Value[1] - '0') * 10) + (field.Value[2] - '0');
                    break;
                case FieldName.ContentType:
                    result.ContentType = field.Value;
                    result.IsGrpc = GrpcContentType.Matches(field.Value);
                    break;
                case FieldName.GrpcEncoding:
                    result.Encoding = field.Value;
                    break;
                case FieldName.GrpcStatus:
                    result.ReadStatus(field.Value);
                    break;
                case FieldName.GrpcMessage:
                    result.GrpcMessage = field.Value;
                    break;
                default:
                    break;
            }
        }

        return result;
    }

    private void ReadStatus(ReadOnlySpan<byte> value)
    {
        HasGrpcStatus = true;
        int code = value.Length switch
        {
            1 => value[0] - '0',
            2 => ((value[0] - '0') * 10) + (value[1] - '0'),
            _ => -1,
        };
        if (code is >= 0 and <= HighestStatusCode && !value.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            GrpcStatus = (StatusCode)code;
            return;
        }

        GrpcStatus = StatusCode.Unknown;
        BadGrpcStatus = value.IsEmpty ? " "u8 : value;
    }
}
