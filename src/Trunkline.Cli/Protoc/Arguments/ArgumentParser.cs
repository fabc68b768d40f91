namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>
/// protoc's own grammar: <c>--name=value</c>, <c>--name value</c>, <c>-Xvalue</c>, <c>-X value</c>; everything else is a file. The first thing that is
/// wrong ends the parse with protoc's words for it, and so does a request for help.
/// </summary>
internal sealed class ArgumentParser
{
    private readonly ProtocArguments _arguments = new();

    private ArgumentParser()
    {
    }

    /// <summary>Parses a command line.</summary>
    /// <returns>The arguments, or null with the reason in <paramref name="error"/>.</returns>
    public static ProtocArguments? Parse(IReadOnlyList<string> words, out string? error)
    {
        var parser = new ArgumentParser();
        error = parser.TakeAll(words);
        if (error is null && parser._arguments.Mode is not (ProtocMode.Help or ProtocMode.Version or ProtocMode.Notices))
        {
            error = ArgumentRules.Check(parser._arguments);
        }

        return error is null ? parser._arguments : null;
    }

    private string? TakeAll(IReadOnlyList<string> words)
    {
        for (var index = 0; index < words.Count; index++)
        {
            if (words[index].Length == 0)
            {
                return "An argument is empty. Quote a variable that may be unset, or leave the argument out.";
            }

            var (name, value) = Split(words[index]);
            if (value is null && TakesValue(name))
            {
                if (index + 1 == words.Count || words[index + 1].StartsWith('-'))
                {
                    return $"Missing value for flag: {name}" + (name == "--decode" ? "\n" + ModeFlags.DecodeHint : "");
                }

                value = words[++index];
            }

            if (Take(name, value ?? "") is { } error)
            {
                return error;
            }

            if (_arguments.Mode is ProtocMode.Help or ProtocMode.Version or ProtocMode.Notices)
            {
                return null;
            }
        }

        return null;
    }

    // A flag that nobody knows is taken to have a value: so protoc does.
    private static bool TakesValue(string name) => FlagTable.Find(name)?.TakesValue != false;

    // Name and value; no name for a file, no value where it must be the next word.
    private static (string Name, string? Value) Split(string word)
    {
        if (word == "-" || word[0] != '-')
        {
            return ("", word);
        }

        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            return word.Split('=', 2) is [var name, var value] ? (name, value) : (word, null);
        }

        // One dash: one letter, and the value right behind it. (-I=DIR works because it maps nothing to the directory.)
        return (word[..2], word.Length == 2 ? null : word[2..]);
    }

    private string? Take(string name, string value)
    {
        if (name.Length == 0)
        {
            return FilePatterns.Expand(value, _arguments.InputFiles);
        }

        if (FlagTable.Find(name) is { } flag)
        {
            return flag.Take(_arguments, name, value);
        }

        return OutputDirective.IsFlag(name) ? TakeOutput(name, value)
            : OutputDirective.IsOptionFlag(name) ? TakeOutputOptions(name, value)
            : $"Unknown flag: {name}";
    }

    private string? TakeOutput(string name, string value)
    {
        if (_arguments.Mode != ProtocMode.Compile)
        {
            return "Cannot use --encode, --decode or print .proto info and generate code at the same time.";
        }

        _arguments.Outputs.Add(OutputDirective.Parse(name, value));
        return null;
    }

    private string? TakeOutputOptions(string name, string value)
    {
        var before = _arguments.OutputOptions.GetValueOrDefault(name, "");
        _arguments.OutputOptions[name] = before.Length == 0 ? value : $"{before},{value}";
        return null;
    }
}
