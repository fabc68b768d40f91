namespace Trunkline.Build.Items;

/// <summary>What an item's <c>AdditionalProtocArguments</c> ask for, as far as it has a meaning in a build.</summary>
internal sealed class ProtocArguments
{
    private const string Advice = "Known are --proto_path (-I), --csharp_opt and --grpc_opt; for anything else run `trunkline protoc` in an Exec task.";

    // protoc took these once for what it does now by itself.
    private static readonly string[] WithoutEffect = ["--experimental_allow_proto3_optional", "--experimental_editions", "--deterministic_output"];

    /// <summary>Folders to search for imports.</summary>
    public List<string> ImportDirectories { get; } = [];

    /// <summary>Options for the generator of messages.</summary>
    public List<string> Options { get; } = [];

    /// <summary>Options for the generator of services.</summary>
    public List<string> GrpcOptions { get; } = [];

    /// <summary>Reads the arguments.</summary>
    /// <returns>What they say, or null with the reason in <paramref name="error"/>.</returns>
    public static ProtocArguments? Read(string[] arguments, out string? error)
    {
        var read = new ProtocArguments();
        foreach (var argument in arguments)
        {
            if (!read.Take(argument))
            {
                error = $"AdditionalProtocArguments: \"{argument}\" cannot be used in a build. {Advice}";
                return null;
            }
        }

        error = null;
        return read;
    }

    private bool Take(string argument)
    {
        if (WithoutEffect.Contains(argument, StringComparer.Ordinal))
        {
            return true;
        }

        return Take(argument, "--proto_path=", ImportDirectories)
            || Take(argument, "-I=", ImportDirectories)
            || Take(argument, "-I", ImportDirectories)
            || Take(argument, "--csharp_opt=", Options)
            || Take(argument, "--grpc_opt=", GrpcOptions);
    }

    private static bool Take(string argument, string prefix, List<string> values)
    {
        if (!argument.StartsWith(prefix, StringComparison.Ordinal) || argument.Length == prefix.Length)
        {
            return false;
        }

        values.Add(argument[prefix.Length..]);
        return true;
    }
}
