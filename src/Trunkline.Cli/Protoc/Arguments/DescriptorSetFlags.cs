namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>The flags about descriptor sets, and the list of dependencies that cannot be made from one.</summary>
internal static class DescriptorSetFlags
{
    /// <summary><c>--descriptor_set_out=FILE</c>.</summary>
    public static string? TakeOut(ProtocArguments arguments, string flag, string value)
    {
        if (arguments.Mode != ProtocMode.Compile)
        {
            return "Cannot use --encode or --decode and generate descriptors at the same time.";
        }

        if (TakeOnce(arguments.DescriptorSetOut, flag, value) is { } problem)
        {
            return problem;
        }

        arguments.DescriptorSetOut = value;
        return null;
    }

    /// <summary><c>--descriptor_set_in=FILES</c>.</summary>
    public static string? TakeIn(ProtocArguments arguments, string flag, string value)
    {
        if (arguments.DescriptorSetsIn.Count > 0)
        {
            return $"{flag} may only be passed once. To specify multiple descriptor sets, pass them all as a single parameter separated by '{Path.PathSeparator}'.";
        }

        if (value.Length == 0)
        {
            return $"{flag} requires a non-empty value.";
        }

        if (arguments.DependencyOut is not null)
        {
            return $"{flag} cannot be used with --dependency_out.";
        }

        arguments.DescriptorSetsIn.AddRange(value.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        return null;
    }

    /// <summary><c>--dependency_out=FILE</c>.</summary>
    public static string? TakeDependencyOut(ProtocArguments arguments, string flag, string value)
    {
        if (TakeOnce(arguments.DependencyOut, flag, value) is { } problem)
        {
            return problem;
        }

        if (arguments.DescriptorSetsIn.Count > 0)
        {
            return $"{flag} cannot be used with --descriptor_set_in.";
        }

        arguments.DependencyOut = value;
        return null;
    }

    /// <summary>What is wrong with the value of a flag that may be given once; null when nothing is.</summary>
    public static string? TakeOnce(object? before, string flag, string value)
        => before is not null ? $"{flag} may only be passed once." : value.Length == 0 ? $"{flag} requires a non-empty value." : null;
}
