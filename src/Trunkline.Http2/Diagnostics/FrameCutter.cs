using System.Runtime.InteropServices;
using Trunkline.Http2.Frames;

namespace Trunkline.Http2.Diagnostics;

/// <summary>Cuts one direction's bytes into whole frames, however the link has cut them. For the trace: it gathers and copies freely.</summary>
internal sealed class FrameCutter(bool expectsPreface)
{
    private readonly List<byte> _gathered = [];
    private bool _expectsPreface = expectsPreface;
    private bool _isForeign;
    private int _start;

    /// <summary>Takes more bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        _gathered.RemoveRange(0, _start);
        _start = 0;
        _gathered.AddRange(bytes);
    }

    /// <summary>Gives the next whole piece; false when more bytes are needed.</summary>
    /// <param name="kind">What the piece is.</param>
    /// <param name="header">The frame's header, where it is a frame.</param>
    /// <param name="content">The frame's payload, or the bytes that are no frame; lent until the next call.</param>
    public bool TryTake(out PieceKind kind, out FrameHeader header, out ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> rest = CollectionsMarshal.AsSpan(_gathered)[_start..];
        header = default;
        content = default;
        kind = PieceKind.Frame;
        if (rest.IsEmpty)
        {
            return false;
        }

        if (_isForeign || (_expectsPreface && !IsPreface(rest)))
        {
            _isForeign = true;
            kind = PieceKind.Foreign;
            content = rest;
            _start += rest.Length;
            return true;
        }

        if (_expectsPreface)
        {
            kind = PieceKind.Preface;
            bool isWhole = rest.Length >= ConnectionPreface.Length;
            _expectsPreface = !isWhole;
            _start += isWhole ? ConnectionPreface.Length : 0;
            return isWhole;
        }

        if (!FrameHeader.TryRead(rest, out header) || rest.Length < FrameHeader.Size + header.Length)
        {
            return false;
        }

        content = rest.Slice(FrameHeader.Size, header.Length);
        _start += FrameHeader.Size + header.Length;
        return true;
    }

    private static bool IsPreface(ReadOnlySpan<byte> bytes) =>
        ConnectionPreface.Client.StartsWith(bytes[..Math.Min(bytes.Length, ConnectionPreface.Length)]);
}

/// <summary>What a piece of one direction's bytes is.</summary>
internal enum PieceKind : byte
{
    /// <summary>A frame.</summary>
    Frame,

    /// <summary>The client's 24 bytes.</summary>
    Preface,

    /// <summary>Bytes of another protocol.</summary>
    Foreign,
}
