namespace Trunkline.Compiler;

/// <summary>What a plugin may use before it is stopped. A plugin is somebody else's program, and a build must end.</summary>
public sealed record PluginLimits
{
    /// <summary>The defaults.</summary>
    public static PluginLimits Default { get; } = new();

    /// <summary>The longest run, from start to exit. 10 minutes by default: far over what generating a large repository takes.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The most bytes in an answer. 1 GiB by default, some ten times the code of a very large repository; an answer is held in memory.</summary>
    public int ResponseBytes { get; init; } = 1 << 30;
}
