namespace Trunkline.Compiler.Plugins;

/// <summary>How a run of a plugin went.</summary>
/// <param name="IsStarted">Whether there was a program to run at all.</param>
/// <param name="Output">All that it wrote to its standard output.</param>
/// <param name="Fault">What it did wrong as a process, in protoc's words where protoc has some; null when it ended well.</param>
internal sealed record PluginRun(bool IsStarted, ReadOnlyMemory<byte> Output, string? Fault)
{
    public static PluginRun NotStarted { get; } = new(false, default, null);
}
