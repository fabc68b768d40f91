using Trunkline.Cli.Protoc.Generation;

namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>What must hold of a command line as a whole, in the order in which protoc looks.</summary>
internal static class ArgumentRules
{
    /// <summary>What is wrong, or null.</summary>
    public static string? Check(ProtocArguments arguments)
        => CheckOutputOptions(arguments) ?? CheckInputs(arguments) ?? CheckMode(arguments);

    /// <summary>What is odd but does no harm.</summary>
    public static IEnumerable<string> Remarks(ProtocArguments arguments)
    {
        if (arguments.DescriptorSetOut is not null)
        {
            yield break;
        }

        foreach (var (isGiven, flag) in new[]
        {
            (arguments.IncludeImports, "--include_imports"),
            (arguments.IncludeSourceInfo, "--include_source_info"),
            (arguments.RetainOptions, "--retain_options"),
        })
        {
            if (isGiven)
            {
                yield return $"{flag} only makes sense when combined with --descriptor_set_out.";
            }
        }
    }

    // Options for a generator that no output asks for are a mistake, unless the generator is known to exist.
    private static string? CheckOutputOptions(ProtocArguments arguments)
    {
        foreach (var flag in arguments.OutputOptions.Keys.Order(StringComparer.Ordinal))
        {
            var generator = OutputDirective.GeneratorOf(flag);
            if (!GeneratorTable.IsName(generator)
                && !arguments.Plugins.ContainsKey(GeneratorTable.PluginPrefix + generator)
                && !arguments.Outputs.Exists(output => output.OptionFlag == flag))
            {
                return $"Unknown flag: {flag}";
            }
        }

        return null;
    }

    private static string? CheckInputs(ProtocArguments arguments)
    {
        var isCoding = arguments.Mode is ProtocMode.Encode or ProtocMode.Decode;
        if (arguments.Mode == ProtocMode.Decode && arguments.CodecType.Length == 0)
        {
            return arguments.InputFiles.Count > 0 ? "When using --decode_raw, no input files should be given." : null;
        }

        // Sets alone may bring the type to code.
        return arguments.InputFiles.Count == 0 && !(isCoding && arguments.DescriptorSetsIn.Count > 0) ? "Missing input file." : null;
    }

    private static string? CheckMode(ProtocArguments arguments)
    {
        if (arguments.Mode == ProtocMode.Compile && !arguments.HasOutput)
        {
            return "Missing output directives.";
        }

        if (arguments.Mode != ProtocMode.Compile && arguments.DependencyOut is not null)
        {
            return "Can only use --dependency_out=FILE when generating code.";
        }

        if (arguments.Mode != ProtocMode.Encode && arguments.DeterministicOutput)
        {
            return "Can only use --deterministic_output with --encode.";
        }

        return arguments.DependencyOut is not null && arguments.InputFiles.Count > 1
            ? "Can only process one input file when using --dependency_out=FILE."
            : null;
    }
}
