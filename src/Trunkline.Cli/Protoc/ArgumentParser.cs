using Trunkline.Compiler;

namespace Trunkline.Cli.Protoc;

/// <summary>
/// protoc's own grammar: <c>--name=value</c>, <c>--name value</c>, <c>-Xvalue</c>, <c>-X value</c>; everything else is a file. The first thing that is
/// wrong ends the parse with protoc's words for it.
/// </summary>
internal sealed class ArgumentParser
{
    private static readonly HashSet<string> Switches =
    [
        "-h", "--help", "--version", "--include_imports", "--include_source_info", "--fatal_warnings", "--experimental_allow_proto3_optional",
        "--experimental_editions", "--deterministic_output",
    ];

    private readonly ProtocArguments _arguments = new();

    private ArgumentParser()
    {
    }

    /// <summary>Parses a command line.</summary>
    /// <returns>The arguments, or null with the reason in <paramref name="error"/>.</returns>
    public static ProtocArguments? Parse(IReadOnlyList<string> words, out string? error)
    {
        var parser = new ArgumentParser();
        for (var index = 0; index < words.Count; index++)
        {
            var (name, value) = Split(words[index]);
            if (value is null && !Switches.Contains(name))
            {
                if (index + 1 == words.Count || words[index + 1].StartsWith('-'))
                {
                    // A flag that nobody knows needs no value: say what is really wrong.
                    error = IsKnown(name) ? $"Missing value for flag: {name}" : $"Unknown flag: {name}";
                    return null;
                }

                value = words[++index];
            }

            if ((error = parser.Take(name, value ?? "")) is not null)
            {
                return null;
            }
        }

        error = null;
        return parser._arguments;
    }

    private static bool IsKnown(string name) =>
        name is "-I" or "--proto_path" or "-o" or "--descriptor_set_out" or "--error_format" || name.EndsWith("_out", StringComparison.Ordinal)
        || name.EndsWith("_opt", StringComparison.Ordinal);

    // Name and value; no name for a file, no value where it must be the next word.
    private static (string Name, string? Value) Split(string word)
    {
        if (word is "" or "-" || word[0] != '-')
        {
            return ("", word);
        }

        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            return word.Split('=', 2) is [var name, var value] ? (name, value) : (word, null);
        }

        // One dash: one letter, and the value right behind it. An equals sign in front of a path is not part of it.
        var rest = word[2..];
        return (word[..2], rest.Length == 0 ? null : word[1] == 'I' && rest[0] == '=' ? rest[1..] : rest);
    }

    private string? Take(string name, string value)
    {
        switch (name)
        {
            case "":
                _arguments.InputFiles.Add(value);
                return null;
            case "-I" or "--proto_path":
                return TakeImportRoots(value);
            case "-o" or "--descriptor_set_out":
                return TakeDescriptorSetOut(name, value);
            case "--error_format":
                return TakeErrorFormat(value);
            case "--include_imports":
                _arguments.IncludeImports = true;
                return null;
            case "--include_source_info":
                _arguments.IncludeSourceInfo = true;
                return null;
            case "--fatal_warnings":
                _arguments.FatalWarnings = true;
                return null;
            case "-h" or "--help":
                _arguments.Help = true;
                return null;
            case "--version":
                _arguments.Version = true;
                return null;
            default:
                return TakeOther(name, value);
        }
    }

    private string? TakeImportRoots(string value)
    {
        // As with other search paths, one flag may name several directories.
        foreach (var part in value.Split(Path.PathSeparator))
        {
            var (virtualPath, diskPath) = part.Split('=', 2) is [var left, var right] ? (left, right) : ("", part);
            if (diskPath.Length == 0)
            {
                return "--proto_path passed empty directory name.  (Use \".\" for current directory.)";
            }

            _arguments.ImportRoots.Add(new ImportRoot(virtualPath, diskPath));
        }

        return null;
    }

    private string? TakeDescriptorSetOut(string name, string value)
    {
        if (_arguments.DescriptorSetOut is not null)
        {
            return $"{name} may only be passed once.";
        }

        if (value.Length == 0)
        {
            return $"{name} requires a non-empty value.";
        }

        _arguments.DescriptorSetOut = value;
        return null;
    }

    private string? TakeErrorFormat(string value)
    {
        _arguments.MsvsErrors = value is "msvs";
        return value is "gcc" or "msvs" ? null : $"Unknown error format: {value}";
    }

    private string? TakeOther(string name, string value)
    {
        if (Switches.Contains(name))
        {
            // What these ask for is how this compiler always works.
            return null;
        }

        if (name.StartsWith("--", StringComparison.Ordinal) && name.EndsWith("_out", StringComparison.Ordinal))
        {
            var (options, directory) = SplitOutput(value);
            _arguments.Outputs.Add(new OutputDirective(name, options, directory));
            return null;
        }

        if (name.StartsWith("--", StringComparison.Ordinal) && name.EndsWith("_opt", StringComparison.Ordinal))
        {
            _arguments.OutputOptions.TryAdd(name, []);
            _arguments.OutputOptions[name].Add(value);
            return null;
        }

        return $"Unknown flag: {name}";
    }

    // The first colon ends the options, unless it belongs to a drive letter.
    private static (string Options, string Directory) SplitOutput(string value)
    {
        var isDrive = OperatingSystem.IsWindows() && value.Length > 1 && char.IsAsciiLetter(value[0]) && value[1] == ':';
        var colon = isDrive ? -1 : value.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? ("", value) : (value[..colon], value[(colon + 1)..]);
    }
}
