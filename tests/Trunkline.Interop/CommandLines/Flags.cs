using System.Globalization;

namespace Trunkline.Interop.CommandLines;

/// <summary>
/// Flags as all interop programs take them: one or two dashes, <c>--flag=value</c> and <c>--flag value</c>; a switch may stand without a value. An
/// unknown or unusable flag is an error that names it.
/// </summary>
internal sealed class Flags
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Reads flags.</summary>
    /// <param name="arguments">The words of the command line.</param>
    /// <param name="known">The names that there are.</param>
    /// <exception cref="UsageException">A word is not a flag, or not a known one.</exception>
    public Flags(IReadOnlyList<string> arguments, params string[] known)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            (string name, string? value) = Split(arguments[i]);
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw new UsageException($"unknown flag {arguments[i]}; known are {string.Join(' ', known.Select(static flag => "--" + flag))}");
            }

            bool takesNext = value is null && i + 1 < arguments.Count && !arguments[i + 1].StartsWith('-');
            _values[name] = value ?? (takesNext ? arguments[++i] : "true");
        }
    }

    /// <summary>The value of a flag, or null where it is absent or empty.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <summary>The value of a flag that must be there.</summary>
    /// <exception cref="UsageException">The flag is absent.</exception>
    public string Required(string name) => Text(name) ?? throw new UsageException($"the flag --{name} is missing");

    /// <summary>The value of a switch; false where it is absent.</summary>
    /// <exception cref="UsageException">The value is neither true nor false.</exception>
    public bool Switch(string name) => Text(name)?.ToUpperInvariant() switch
    {
        null or "FALSE" or "0" or "NO" => false,
        "TRUE" or "1" or "YES" => true,
        _ => throw new UsageException($"--{name} is true or false, not \"{Text(name)}\""),
    };

    /// <summary>The value of a flag that is a port.</summary>
    /// <exception cref="UsageException">The flag is absent or not a port.</exception>
    public int Port(string name) =>
        ushort.TryParse(Required(name), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
            ? port
            : throw new UsageException($"--{name} is a port, 0 to 65535, not \"{Required(name)}\"");

    private static (string Name, string? Value) Split(string word)
    {
        string flag = word.StartsWith("--", StringComparison.Ordinal) ? word[2..]
            : word.StartsWith('-') ? word[1..]
            : throw new UsageException($"\"{word}\" is not a flag");
        int equals = flag.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (flag, null) : (flag[..equals], flag[(equals + 1)..]);
    }
}

/// <summary>The command line cannot be followed; the message says why.</summary>
internal sealed class UsageException(string message) : Exception(message);
