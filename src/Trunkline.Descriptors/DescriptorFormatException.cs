namespace Trunkline.Descriptors;

/// <summary>The bytes are not a message in the wire form of Protocol Buffers. <see cref="Offset"/> says where.</summary>
public sealed class DescriptorFormatException : FormatException
{
    /// <summary>Makes the exception for the byte at <paramref name="offset"/>.</summary>
    /// <param name="problem">What is wrong, as a sentence without its place.</param>
    /// <param name="offset">Bytes from the start of the whole input.</param>
    /// <param name="fieldNumber">The field being read, or 0 before the first tag.</param>
    public DescriptorFormatException(string problem, int offset, int fieldNumber)
        : base($"Broken bytes at offset {offset}, field {fieldNumber}: {problem}")
    {
        Problem = problem;
        Offset = offset;
        FieldNumber = fieldNumber;
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }

    /// <summary>Bytes from the start of the whole input to the value that could not be read.</summary>
    public int Offset { get; }

    /// <summary>The number of the field being read, or 0 when a tag itself is broken before any field.</summary>
    public int FieldNumber { get; }
}
