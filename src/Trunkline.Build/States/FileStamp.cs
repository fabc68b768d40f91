using System.Security.Cryptography;

namespace Trunkline.Build.States;

/// <summary>The size and time of a file: while they stay, its content counts as the same, and only when they differ is it worth reading.</summary>
internal readonly record struct FileStamp(long Size, long Time)
{
    /// <summary>The stamp of a file; null when there is none.</summary>
    public static FileStamp? Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks) : null;
    }

    /// <summary>The hash of a file's content; null when it cannot be read, which the compiler will say better.</summary>
    public static string? HashOf(string path)
        => DiskContent(path) is { } content ? Hash(content.Span) : null;

    /// <summary>The hash of content.</summary>
    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexString(SHA256.HashData(content));

    private static ReadOnlyMemory<byte>? DiskContent(string path)
        => Compiler.DiskSourceProvider.Instance.TryRead(path, out var content) == Compiler.SourceReadResult.Found ? content : null;
}
