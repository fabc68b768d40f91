using Trunkline.Descriptors;

namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>The flags about the features that each edition sets by default.</summary>
internal static class EditionDefaultsFlags
{
    /// <summary><c>--edition_defaults_out=FILE</c>.</summary>
    public static string? TakeOut(ProtocArguments arguments, string flag, string value)
    {
        if (arguments.Mode != ProtocMode.Compile)
        {
            return "Cannot use --encode or --decode and generate defaults at the same time.";
        }

        if (DescriptorSetFlags.TakeOnce(arguments.EditionDefaultsOut, flag, value) is { } problem)
        {
            return problem;
        }

        arguments.EditionDefaultsOut = value;
        return null;
    }

    /// <summary><c>--edition_defaults_minimum=EDITION</c>.</summary>
    public static string? TakeMinimum(ProtocArguments arguments, string flag, string value)
        => Take(arguments.EditionDefaultsMinimum, flag, value, edition => arguments.EditionDefaultsMinimum = edition);

    /// <summary><c>--edition_defaults_maximum=EDITION</c>.</summary>
    public static string? TakeMaximum(ProtocArguments arguments, string flag, string value)
        => Take(arguments.EditionDefaultsMaximum, flag, value, edition => arguments.EditionDefaultsMaximum = edition);

    private static string? Take(Edition? before, string flag, string value, Action<Edition> set)
    {
        if (before is not null)
        {
            return $"{flag} may only be passed once.";
        }

        if (EditionNames.Find(value) is not { } edition)
        {
            return $"{flag} unknown edition \"{value}\".";
        }

        set(edition);
        return null;
    }
}
