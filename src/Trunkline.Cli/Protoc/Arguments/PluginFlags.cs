using System.Globalization;

namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>The flags about plugins.</summary>
internal static class PluginFlags
{
    /// <summary><c>--plugin=NAME=PATH</c> or <c>--plugin=PATH</c>; the name of a path is that of its file.</summary>
    public static string? TakePlugin(ProtocArguments arguments, string flag, string value)
    {
        if (value.Split('=', 2) is [var name, var path])
        {
            arguments.Plugins[name] = path;
            return null;
        }

        var file = value[(value.LastIndexOfAny(['/', '\\']) + 1)..];
        var extension = OperatingSystem.IsWindows() ? file.LastIndexOf('.') : -1;
        arguments.Plugins[extension < 0 ? file : file[..extension]] = value;
        return null;
    }

    /// <summary><c>--plugin_timeout=SECONDS</c>, which protoc does not have.</summary>
    public static string? TakeTimeout(ProtocArguments arguments, string flag, string value)
    {
        if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds is <= 0 or > 86400)
        {
            return $"{flag} takes a number of seconds, up to a day: {value}";
        }

        arguments.PluginLimits = arguments.PluginLimits with { Time = TimeSpan.FromSeconds(seconds) };
        return null;
    }

    /// <summary><c>--plugin_memory=MIB</c>, which protoc does not have.</summary>
    public static string? TakeMemory(ProtocArguments arguments, string flag, string value)
    {
        const int MostMebibytes = 1 << 24;
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var mebibytes) || mebibytes is <= 0 or > MostMebibytes)
        {
            return $"{flag} takes a number of MiB, from 1 to {MostMebibytes}: {value}";
        }

        arguments.PluginLimits = arguments.PluginLimits with { MemoryBytes = (long)mebibytes << 20 };
        return null;
    }
}
