using Trunkline.Compiler;

namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>All flags but those of generators, which are made of the generator's name.</summary>
internal static class FlagTable
{
    private static readonly Dictionary<string, Flag> ByName = Index(
    [
        Value("-I", TakeImportRoots),
        Value("--proto_path", TakeImportRoots),
        Value("--descriptor_set_in", DescriptorSetFlags.TakeIn),
        Value("-o", DescriptorSetFlags.TakeOut),
        Value("--descriptor_set_out", DescriptorSetFlags.TakeOut),
        Switch("--include_imports", arguments => arguments.IncludeImports = true),
        Switch("--include_source_info", arguments => arguments.IncludeSourceInfo = true),
        Switch("--retain_options", arguments => arguments.RetainOptions = true),
        Value("--dependency_out", DescriptorSetFlags.TakeDependencyOut),
        Value("--edition_defaults_out", EditionDefaultsFlags.TakeOut),
        Value("--edition_defaults_minimum", EditionDefaultsFlags.TakeMinimum),
        Value("--edition_defaults_maximum", EditionDefaultsFlags.TakeMaximum),
        Value("--encode", ModeFlags.TakeEncode),
        Value("--decode", ModeFlags.TakeDecode),
        new("--decode_raw", false, ModeFlags.TakeDecodeRaw),
        new("--print_free_field_numbers", false, ModeFlags.TakePrintFreeFieldNumbers),
        Switch("--deterministic_output", arguments => arguments.DeterministicOutput = true),
        Value("--error_format", TakeErrorFormat),
        Switch("--fatal_warnings", arguments => arguments.FatalWarnings = true),
        Switch("--disallow_services", arguments => arguments.DisallowServices = true),
        Value("--direct_dependencies", (arguments, flag, value) => TakeDependencies(arguments.DirectDependencies, "direct", flag, value)),
        Value("--direct_dependencies_violation_msg", (arguments, _, value) => Set(() => arguments.DirectDependencies.Violation = value)),
        Value("--option_dependencies", (arguments, flag, value) => TakeDependencies(arguments.OptionDependencies, "option", flag, value)),
        Value("--option_dependencies_violation_msg", (arguments, _, value) => Set(() => arguments.OptionDependencies.Violation = value)),
        Value("--plugin", PluginFlags.TakePlugin),
        Value("--plugin_timeout", PluginFlags.TakeTimeout),
        Value("--plugin_memory", PluginFlags.TakeMemory),
        Switch("--unsafe_allow_out_dir_escape", arguments => arguments.AllowsOutputEscape = true),
        Switch("-h", arguments => arguments.Mode = ProtocMode.Help),
        Switch("--help", arguments => arguments.Mode = ProtocMode.Help),
        Switch("--version", arguments => arguments.Mode = ProtocMode.Version),
        Switch("--notices", arguments => arguments.Mode = ProtocMode.Notices),

        // What these ask for is how this compiler works without them, or has nothing to act on here.
        Switch("--experimental_allow_proto3_optional", _ => { }),
        Switch("--experimental_editions", _ => { }),
        Value("--enable_codegen_trace", (_, _, _) => null),
    ]);

    /// <summary>Finds a flag by its name with dashes.</summary>
    public static Flag? Find(string name) => ByName.GetValueOrDefault(name);

    private static Dictionary<string, Flag> Index(Flag[] flags)
    {
        var byName = new Dictionary<string, Flag>(flags.Length, StringComparer.Ordinal);
        foreach (var flag in flags)
        {
            byName.Add(flag.Name, flag);
        }

        return byName;
    }

    private static Flag Value(string name, FlagAction take) => new(name, true, take);

    private static Flag Switch(string name, Action<ProtocArguments> set)
        => new(name, false, (arguments, _, _) => Set(() => set(arguments)));

    private static string? Set(Action set)
    {
        set();
        return null;
    }

    private static string? TakeImportRoots(ProtocArguments arguments, string flag, string value)
    {
        // As with other search paths, one flag may name several directories; empty parts count for nothing.
        foreach (var part in value.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var (virtualPath, diskPath) = part.Split('=', 2) is [var left, var right] ? (left, right) : ("", part);
            if (diskPath.Length == 0)
            {
                return "--proto_path passed empty directory name.  (Use \".\" for current directory.)";
            }

            arguments.ImportRoots.Add(new ImportRoot(virtualPath, diskPath));
        }

        return null;
    }

    private static string? TakeErrorFormat(ProtocArguments arguments, string flag, string value)
    {
        arguments.ErrorFormat = value switch
        {
            "gcc" => ErrorFormat.Gcc,
            "msvs" => ErrorFormat.Msvs,
            "human" => ErrorFormat.Human,
            _ => null,
        };
        return arguments.ErrorFormat is null ? $"Unknown error format: {value}" : null;
    }

    private static string? TakeDependencies(DependencyList list, string kind, string flag, string value)
    {
        if (list.Files is not null)
        {
            return $"{flag} may only be passed once. To specify multiple {kind} dependencies, pass them all as a single parameter separated by ':'.";
        }

        list.Files = new HashSet<string>(value.Split(':', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
        return null;
    }
}
