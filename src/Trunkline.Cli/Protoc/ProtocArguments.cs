using Trunkline.Compiler;

namespace Trunkline.Cli.Protoc;

/// <summary>What a protoc command line asks for.</summary>
internal sealed class ProtocArguments
{
    /// <summary>The files to compile.</summary>
    public List<string> InputFiles { get; } = [];

    /// <summary>The import path, in the order given.</summary>
    public List<ImportRoot> ImportRoots { get; } = [];

    /// <summary>What to generate, in the order given.</summary>
    public List<OutputDirective> Outputs { get; } = [];

    /// <summary>Options given by <c>--NAME_opt</c>, by flag.</summary>
    public Dictionary<string, List<string>> OutputOptions { get; } = new(StringComparer.Ordinal);

    /// <summary>Where to write the descriptor set; null for nowhere.</summary>
    public string? DescriptorSetOut { get; set; }

    /// <summary>Whether the set holds imported files too.</summary>
    public bool IncludeImports { get; set; }

    /// <summary>Whether the set holds places and comments.</summary>
    public bool IncludeSourceInfo { get; set; }

    /// <summary>Whether findings print as Visual Studio reads them, instead of as gcc prints them.</summary>
    public bool MsvsErrors { get; set; }

    /// <summary>Whether a warning fails the run.</summary>
    public bool FatalWarnings { get; set; }

    /// <summary>Whether to print help and do nothing else.</summary>
    public bool Help { get; set; }

    /// <summary>Whether to print the version and do nothing else.</summary>
    public bool Version { get; set; }

    /// <summary>The options of an output: those in front of its directory, then those of its option flag.</summary>
    public string ParameterOf(OutputDirective output)
    {
        var more = OutputOptions.GetValueOrDefault(output.OptionFlag, []);
        return string.Join(',', more.Prepend(output.Options).Where(options => options.Length > 0));
    }
}
