namespace Trunkline.Fuzz.Running;

/// <summary>Reads an input from front to back. Behind the end everything is zero and empty, so that every byte string means something.</summary>
internal sealed class InputReader(byte[] input)
{
    private int _at;

    public bool IsAtEnd => _at >= input.Length;

    public byte Byte() => _at < input.Length ? input[_at++] : (byte)0;

    public int UInt16() => (Byte() << 8) | Byte();

    public uint UInt32() => ((uint)UInt16() << 16) | (uint)UInt16();

    /// <summary>As many bytes as are left, at most <paramref name="count"/>.</summary>
    public byte[] Bytes(int count)
    {
        byte[] bytes = input.AsSpan(Math.Min(_at, input.Length), Math.Min(count, input.Length - Math.Min(_at, input.Length))).ToArray();
        _at += bytes.Length;
        return bytes;
    }
}
