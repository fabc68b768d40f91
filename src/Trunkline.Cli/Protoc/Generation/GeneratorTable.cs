using Trunkline.Cli.Protoc.Arguments;
using Trunkline.Compiler;

namespace Trunkline.Cli.Protoc.Generation;

/// <summary>Which generator stands behind which flag: those that this program has itself, and plugins for everything else.</summary>
internal static class GeneratorTable
{
    /// <summary>What the name of every plugin begins with.</summary>
    public const string PluginPrefix = "protoc-gen-";

    // protoc has these itself: scripts pass their options without asking for their output. Where this program has none, a plugin may bring it.
    private static readonly string[] ProtocNames = ["cpp", "csharp", "java", "kotlin", "objc", "php", "pyi", "python", "rbs", "ruby", "rust"];

    /// <summary>Whether a generator of that name is known, be it here or only to protoc.</summary>
    public static bool IsName(string generator) => BuiltIn(generator) is not null || ProtocNames.Contains(generator, StringComparer.Ordinal);

    /// <summary>The generator for an output.</summary>
    /// <param name="arguments">The command line, for where plugins are.</param>
    /// <param name="output">The output.</param>
    /// <param name="messages">Gets what a plugin prints.</param>
    public static IGenerator Find(ProtocArguments arguments, OutputDirective output, TextWriter messages)
    {
        var plugin = PluginPrefix + output.Generator;
        var program = arguments.Plugins.GetValueOrDefault(plugin);

        // protoc asks no plugin for what it has itself. gRPC is not among that, so there a plugin that is named goes first.
        var isOverridden = program is not null && !ProtocNames.Contains(output.Generator, StringComparer.Ordinal);
        return (isOverridden ? null : BuiltIn(output.Generator)) ?? new PluginGenerator(plugin, program, messages, arguments.PluginLimits);
    }

    private static IGenerator? BuiltIn(string generator) => generator switch
    {
        "csharp" => new CSharpGenerator(),
        "grpc" => new CSharpGrpcGenerator(),
        "python" => new PythonGenerator(),
        "pyi" => new PythonStubGenerator(),
        "grpc_python" => new PythonGrpcGenerator(),
        _ => null,
    };
}
