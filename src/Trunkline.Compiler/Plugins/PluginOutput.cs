using Trunkline.Descriptors;

namespace Trunkline.Compiler.Plugins;

/// <summary>Shows in an error what a plugin wrote.</summary>
internal static class PluginOutput
{
    // Enough to recognise a stack trace or a log line by; the whole may be megabytes.
    private const int Shown = 1000;

    /// <summary>Bytes as C would write them, cut where they are many.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes)
        => bytes.Length <= Shown ? TextFormat.Escape(bytes) : $"{TextFormat.Escape(bytes[..Shown])}... ({bytes.Length} bytes in all)";
}
