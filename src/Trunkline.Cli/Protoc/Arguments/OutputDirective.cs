namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>A request for one kind of output: <c>--csharp_out=options:PLACE</c>.</summary>
/// <param name="Flag">The flag as written, such as <c>--csharp_out</c>.</param>
/// <param name="Options">The options in front of the place.</param>
/// <param name="Place">Where the files go: a directory, which must exist, or an archive.</param>
internal sealed record OutputDirective(string Flag, string Options, string Place)
{
    private const string FlagEnd = "_out";
    private const string OptionFlagEnd = "_opt";

    /// <summary>The name of the flag that adds options: <c>--csharp_opt</c>.</summary>
    public string OptionFlag => Flag[..^FlagEnd.Length] + OptionFlagEnd;

    /// <summary>What the generator is called: <c>csharp</c>.</summary>
    public string Generator => GeneratorOf(Flag);

    /// <summary>Whether a flag asks for output.</summary>
    public static bool IsFlag(string flag) => flag.StartsWith("--", StringComparison.Ordinal) && flag.EndsWith(FlagEnd, StringComparison.Ordinal);

    /// <summary>Whether a flag adds options to an output.</summary>
    public static bool IsOptionFlag(string flag) => flag.StartsWith("--", StringComparison.Ordinal) && flag.EndsWith(OptionFlagEnd, StringComparison.Ordinal);

    /// <summary>The generator that an output flag or its option flag names.</summary>
    public static string GeneratorOf(string flag) => flag[2..^FlagEnd.Length];

    /// <summary>Cuts the value of a flag: the first colon ends the options, unless it belongs to a drive letter.</summary>
    public static OutputDirective Parse(string flag, string value)
    {
        var isDrive = OperatingSystem.IsWindows() && value.Length > 1 && char.IsAsciiLetter(value[0]) && value[1] == ':';
        var colon = isDrive ? -1 : value.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new OutputDirective(flag, "", value) : new OutputDirective(flag, value[..colon], value[(colon + 1)..]);
    }
}
