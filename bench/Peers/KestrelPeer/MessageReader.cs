using System.IO.Pipelines;
using Google.Protobuf;

namespace KestrelPeer;

/// <summary>Reads messages off a pipe, several for each read where several have come.</summary>
internal sealed class MessageReader<T>(PipeReader pipe, MessageParser<T> parser)
    where T : class, IMessage<T>
{
    private System.Buffers.ReadOnlySequence<byte> _buffered;
    private bool _hasRead;
    private bool _isLast;

    /// <summary>The next message; null at the end.</summary>
    public ValueTask<T?> ReadAsync()
        => _hasRead && GrpcFrame.TryRead(ref _buffered, parser, out var message) ? new(message) : ReadSlowAsync();

    private async ValueTask<T?> ReadSlowAsync()
    {
        while (true)
        {
            if (_hasRead)
            {
                pipe.AdvanceTo(_buffered.Start, _buffered.End);
                _hasRead = false;
                if (_isLast)
                {
                    return null;
                }
            }

            var result = await pipe.ReadAsync();
            _buffered = result.Buffer;
            _isLast = result.IsCompleted;
            _hasRead = true;
            if (GrpcFrame.TryRead(ref _buffered, parser, out var message))
            {
                return message;
            }
        }
    }
}
