using Trunkline.Http2;
using Trunkline.Rpc.Diagnostics;
using Trunkline.Rpc.Servers.Calls;
using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers;

/// <summary>A stream whose method is not known before its headers: refuses the request or passes everything on to a call.</summary>
internal sealed class IncomingStream(ServerConnection connection) : IStreamHandler
{
    private Http2Stream _stream = null!;
    private ServerCall? _call;

    /// <summary>Begins to serve a stream.</summary>
    public void Begin(Http2Stream stream)
    {
        _stream = stream;
        _call = null;
    }

    /// <inheritdoc/>
    public void OnHeaders(in FieldBlock fields, bool endStream)
    {
        var head = default(RequestHead);
        CallHost host = connection.Host;
        Refusal refusal = head.Read(fields, host.Methods, host.ResponseCoding, ref connection.Agents);
        if (refusal.IsNone && !host.TryEnter())
        {
            refusal = Refusal.TooManyCalls(host.Options.MaxConcurrentCalls);
        }

        if (!refusal.IsNone)
        {
            ServerLog.RequestRefused(connection.Logger, refusal.Code, refusal.Text);
            ResponseFields.Refuse(_stream, refusal);
            return;
        }

        ServerCall call = head.Method!.RentCall();
        _call = call;
        call.Begin(connection, _stream, ref head, endStream);
    }

    /// <inheritdoc/>
    public void OnData(ReadOnlyMemory<byte> data, bool endStream)
    {
        // What follows a refusal is dropped; the stream ends at any moment, so no credit is owed.
        _call?.OnData(data, endStream);
    }

    /// <inheritdoc/>
    public void OnTrailers(in FieldBlock fields) => _call?.OnRequestEnd();

    /// <inheritdoc/>
    public void OnWritable() => _call?.OnWritable();

    /// <inheritdoc/>
    public void OnClosed(in Http2Error error)
    {
        // The call lets its stream go itself, once its handler has returned too.
        if (_call is { } call)
        {
            _call = null;
            call.OnClosed(error);
        }
        else
        {
            _stream.Release();
        }

        _stream = null!;
        connection.Return(this);
    }
}
