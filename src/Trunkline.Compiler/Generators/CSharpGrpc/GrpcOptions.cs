using Trunkline.Compiler.Generators.CSharp;

namespace Trunkline.Compiler.Generators.CSharpGrpc;

/// <summary>The options of the C# gRPC generator, in the words of the customary plugin.</summary>
internal sealed record GrpcOptions
{
    /// <summary>Whether to write no client.</summary>
    public bool NoClient { get; init; }

    /// <summary>Whether to write no server.</summary>
    public bool NoServer { get; init; }

    /// <summary>Whether clients do without a channel and a host of their own: their base is <c>LiteClientBase</c>, which takes an invoker.</summary>
    public bool LiteClient { get; init; }

    /// <summary>Whether asynchronous methods to implement have <c>Async</c> behind their names.</summary>
    public bool AppendAsyncSuffix { get; init; }

    /// <summary>What is shared with messages: access, file extension, base namespace, and what newer versions of C# have.</summary>
    public CSharpOptions Naming { get; init; } = new() { FileExtension = "Grpc.cs" };

    /// <summary>Reads the options as written after <c>--grpc_opt=</c>.</summary>
    /// <returns>The options, or null with the reason in <paramref name="error"/>.</returns>
    public static GrpcOptions? Parse(string parameter, out string? error)
    {
        var options = new GrpcOptions();
        foreach (var item in parameter.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, value) = item.Split('=', 2) is [var left, var right] ? (left, right) : (item, "");
            switch (name)
            {
                case "no_client":
                    options = options with { NoClient = true };
                    break;
                case "no_server":
                    options = options with { NoServer = true };
                    break;
                case "lite_client":
                    options = options with { LiteClient = true };
                    break;
                case "append_async_suffix":
                    // The customary plugin wants the word; anything else is no.
                    options = options with { AppendAsyncSuffix = value is "true" };
                    break;
                case "internal_access":
                    options = options with { Naming = options.Naming with { InternalAccess = true } };
                    break;
                case "file_suffix":
                    options = options with { Naming = options.Naming with { FileExtension = value } };
                    break;
                case "nullable":
                    options = options with { Naming = options.Naming with { Nullable = true } };
                    break;
                case "file_scoped_namespaces":
                    options = options with { Naming = options.Naming with { FileScopedNamespaces = true } };
                    break;
                case "base_namespace":
                    options = options with { Naming = options.Naming with { BaseNamespace = value } };
                    break;
                default:
                    error = $"Unknown generator option: {name}. Known are no_client, no_server, lite_client, internal_access, append_async_suffix, file_suffix, base_namespace, "
                        + "nullable and file_scoped_namespaces.";
                    return null;
            }
        }

        error = null;
        return options;
    }
}
