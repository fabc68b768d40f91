using Trunkline.Compiler;
using Trunkline.Descriptors;

namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>What a protoc command line asks for.</summary>
internal sealed class ProtocArguments
{
    /// <summary>What the run is for.</summary>
    public ProtocMode Mode { get; set; }

    /// <summary>The files to compile, patterns expanded.</summary>
    public List<string> InputFiles { get; } = [];

    /// <summary>The import path, in the order given.</summary>
    public List<ImportRoot> ImportRoots { get; } = [];

    /// <summary>Files that each hold a descriptor set to find imports and inputs in, in the order given.</summary>
    public List<string> DescriptorSetsIn { get; } = [];

    /// <summary>What to generate, in the order given.</summary>
    public List<OutputDirective> Outputs { get; } = [];

    /// <summary>Options given by <c>--NAME_opt</c>, by flag, joined by commas as protoc joins them.</summary>
    public Dictionary<string, string> OutputOptions { get; } = new(StringComparer.Ordinal);

    /// <summary>The programs of plugins, by plugin name, such as <c>protoc-gen-go</c>.</summary>
    public Dictionary<string, string> Plugins { get; } = new(StringComparer.Ordinal);

    /// <summary>What one plugin may use.</summary>
    public PluginLimits PluginLimits { get; set; } = PluginLimits.Default;

    /// <summary>Whether generated files may be named out of their output directory.</summary>
    public bool AllowsOutputEscape { get; set; }

    /// <summary>Where to write the descriptor set; null for nowhere.</summary>
    public string? DescriptorSetOut { get; set; }

    /// <summary>Whether the set holds imported files too.</summary>
    public bool IncludeImports { get; set; }

    /// <summary>Whether the set holds places and comments.</summary>
    public bool IncludeSourceInfo { get; set; }

    /// <summary>Whether the set holds options that are for the compiler alone.</summary>
    public bool RetainOptions { get; set; }

    /// <summary>Where to write what make needs to know; null for nowhere.</summary>
    public string? DependencyOut { get; set; }

    /// <summary>Where to write the features of each edition; null for nowhere.</summary>
    public string? EditionDefaultsOut { get; set; }

    /// <summary>The first edition of those defaults; null for the first that there is.</summary>
    public Edition? EditionDefaultsMinimum { get; set; }

    /// <summary>The last edition of those defaults; null for the last that there is.</summary>
    public Edition? EditionDefaultsMaximum { get; set; }

    /// <summary>The type to encode or decode; empty to decode without one.</summary>
    public string CodecType { get; set; } = "";

    /// <summary>Whether encoding orders the entries of maps.</summary>
    public bool DeterministicOutput { get; set; }

    /// <summary>How findings print; null when nobody said, which means: for a person at a terminal, as gcc prints them otherwise.</summary>
    public ErrorFormat? ErrorFormat { get; set; }

    /// <summary>Whether a warning fails the run.</summary>
    public bool FatalWarnings { get; set; }

    /// <summary>Whether a file with services fails the run.</summary>
    public bool DisallowServices { get; set; }

    /// <summary>What inputs may import.</summary>
    public DependencyList DirectDependencies { get; } = new("--direct_dependencies", "File is imported but not declared in --direct_dependencies: %s");

    /// <summary>What inputs may import for its options.</summary>
    public DependencyList OptionDependencies { get; } = new("--option_dependencies", "File is option imported but not declared in --option_dependencies: %s");

    /// <summary>Whether something is to be generated or written.</summary>
    public bool HasOutput => Outputs.Count > 0 || DescriptorSetOut is not null || EditionDefaultsOut is not null;

    /// <summary>The options of an output: those in front of its place, then those of its option flag.</summary>
    public string ParameterOf(OutputDirective output)
    {
        var more = OutputOptions.GetValueOrDefault(output.OptionFlag, "");
        return output.Options.Length == 0 ? more : more.Length == 0 ? output.Options : $"{output.Options},{more}";
    }
}
