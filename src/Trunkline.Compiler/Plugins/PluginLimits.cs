namespace Trunkline.Compiler;

/// <summary>What a plugin may use before it is stopped. A plugin is somebody else's program, and a build must end.</summary>
public sealed record PluginLimits
{
    /// <summary>The defaults.</summary>
    public static PluginLimits Default { get; } = new();

    /// <summary>The longest run, from start to exit. 10 minutes by default: far over what generating a large repository takes.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The most memory, as it lies in the machine's memory (resident). 4 GiB by default: plugins in Node stop by themselves at that. On Linux it is the sum over
    /// the plugin's process and its descendants, elsewhere the plugin's process alone. It is looked at ten times a second: a plugin can be over it for that long.
    /// </summary>
    public long MemoryBytes { get; init; } = 4L << 30;

    /// <summary>The most bytes in an answer. 1 GiB by default, some ten times the code of a very large repository; an answer is held in memory.</summary>
    public int ResponseBytes { get; init; } = 1 << 30;

    /// <summary>The most characters on its standard error. 64 Mi by default: nobody reads that much, and a log that grows for minutes fills a disk.</summary>
    public long MessageCharacters { get; init; } = 64 << 20;
}
