namespace Trunkline.Compiler.Generators.PythonGrpc;

/// <summary>The options of the Python gRPC generator.</summary>
internal sealed record PythonGrpcOptions
{
    private const string RelativeImportsName = "relative_imports";
    private const string PresentVersion = "grpc_2_0";
    private const string BetaVersion = "grpc_1_0";

    /// <summary>Whether imports of generated modules start from the module that imports.</summary>
    public bool RelativeImports { get; init; }

    /// <summary>Whether the message modules get the classes of gRPC's first releases, too.</summary>
    public bool WithBeta { get; init; }

    /// <summary>Reads the options: <c>relative_imports</c>, and one of the two versions.</summary>
    /// <returns>The options, or null with the reason in <paramref name="error"/>.</returns>
    public static PythonGrpcOptions? Parse(string parameter, out string? error)
    {
        var options = new PythonGrpcOptions();
        foreach (var item in parameter.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            switch (item)
            {
                case RelativeImportsName:
                    options = options with { RelativeImports = true };
                    break;
                case PresentVersion:
                    options = options with { WithBeta = false };
                    break;
                case BetaVersion:
                    options = options with { WithBeta = true };
                    break;
                default:
                    error = $"Unknown generator option: {item}. Known are {PresentVersion}, {BetaVersion} and {RelativeImportsName}.";
                    return null;
            }
        }

        error = options is { RelativeImports: true, WithBeta: true }
            ? $"{BetaVersion} and {RelativeImportsName} exclude each other: the classes of gRPC's first releases are for code that imports absolutely."
            : null;
        return error is null ? options : null;
    }
}
