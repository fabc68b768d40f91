using System.Buffers;
using System.Net.Sockets;

namespace Trunkline.Harness.Relays;

/// <summary>One direction of a relayed connection: a thread that takes bytes from one socket, and one that gives them to the other when it is time.</summary>
internal sealed class RelayedDirection
{
    private const int StackSize = 128 * 1024;

    private readonly Socket _from;
    private readonly Socket _to;
    private readonly LinkShape _shape;
    private readonly DelayLine _line;
    private readonly Action _abort;
    private readonly Thread _receiving;
    private readonly Thread _sending;

    /// <summary>Makes a direction that stands still.</summary>
    /// <param name="from">Where bytes come from.</param>
    /// <param name="to">Where they go.</param>
    /// <param name="shape">The link.</param>
    /// <param name="abort">Tears both sockets down.</param>
    public RelayedDirection(Socket from, Socket to, LinkShape shape, Action abort)
    {
        _from = from;
        _to = to;
        _shape = shape;
        _abort = abort;
        _line = new DelayLine(shape, TimeProvider.System);
        _receiving = new Thread(Receive, StackSize) { IsBackground = true, Name = "relay: receiving" };
        _sending = new Thread(Send, StackSize) { IsBackground = true, Name = "relay: sending" };
    }

    public void Start()
    {
        _receiving.Start();
        _sending.Start();
    }

    /// <summary>Ends both threads; the sockets are closed already.</summary>
    public void Stop()
    {
        _line.Close();
        _receiving.Join();
        _sending.Join();
    }

    private void Receive()
    {
        while (_line.WaitForRoom())
        {
            byte[] array = ArrayPool<byte>.Shared.Rent(_shape.Block);
            if (Receive(array.AsSpan(0, _shape.Block), out SocketError error) is var received and > 0)
            {
                _line.Put(array, received);
                continue;
            }

            ArrayPool<byte>.Shared.Return(array);
            _line.PutEnd(error == SocketError.Success ? LinkEvent.HalfClose : LinkEvent.Abort);
            return;
        }
    }

    private void Send()
    {
        while (_line.TryTake(out DelayLine.Block? block))
        {
            if (block.Kind == LinkEvent.HalfClose)
            {
                HalfClose();
                return;
            }

            if (block.Kind == LinkEvent.Abort || !SendAll(block.Bytes))
            {
                // A receiver that is gone is its sender's broken connection, and the other way round.
                _abort();
                return;
            }

            _line.Remove();
        }
    }

    private int Receive(Span<byte> buffer, out SocketError error)
    {
        try
        {
            return _from.Receive(buffer, SocketFlags.None, out error);
        }
        catch (ObjectDisposedException)
        {
            // The other direction, or the relay's end, has torn the connection down.
            error = SocketError.ConnectionAborted;
            return 0;
        }
    }

    private bool SendAll(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                int sent = _to.Send(bytes, SocketFlags.None, out SocketError error);
                if (error != SocketError.Success)
                {
                    return false;
                }

                bytes = bytes[sent..];
            }

            return true;
        }
        catch (ObjectDisposedException)
        {
            // As in Receive.
            return false;
        }
    }

    private void HalfClose()
    {
        try
        {
            _to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The receiver has gone meanwhile: nobody is left to be told.
        }
        catch (ObjectDisposedException)
        {
            // The other direction has torn the connection down.
        }
    }
}
