namespace Trunkline;

/// <summary>How a message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>In the usual way.</summary>
    None = 0,

    /// <summary>More follows soon, so there is no hurry to send.</summary>
    BufferHint = 0x1,

    /// <summary>Leave this message uncompressed.</summary>
    NoCompress = 0x2,
}

/// <summary>How messages are written. Immutable.</summary>
public class WriteOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="flags">The flags.</param>
    public WriteOptions(WriteFlags flags = WriteFlags.None) => Flags = flags;

    /// <summary>Nothing special.</summary>
    public static WriteOptions Default { get; } = new();

    /// <summary>The flags.</summary>
    public WriteFlags Flags { get; }
}
