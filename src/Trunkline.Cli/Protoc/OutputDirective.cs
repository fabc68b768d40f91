namespace Trunkline.Cli.Protoc;

/// <summary>A request for one kind of output: <c>--csharp_out=options:DIR</c>.</summary>
/// <param name="Flag">The flag as written, such as <c>--csharp_out</c>.</param>
/// <param name="Options">The options in front of the directory.</param>
/// <param name="Directory">Where the files go; it must exist.</param>
internal sealed record OutputDirective(string Flag, string Options, string Directory)
{
    /// <summary>The name of the flag that adds options: <c>--csharp_opt</c>.</summary>
    public string OptionFlag => Flag[..^"_out".Length] + "_opt";
}
