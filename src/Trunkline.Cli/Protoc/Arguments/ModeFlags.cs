namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>The flags that make a run something else than a compilation to files.</summary>
internal static class ModeFlags
{
    /// <summary><c>--encode=TYPE</c>.</summary>
    public static string? TakeEncode(ProtocArguments arguments, string flag, string value)
        => Enter(arguments, flag, ProtocMode.Encode) ?? TakeType(arguments, flag, value);

    /// <summary><c>--decode=TYPE</c>.</summary>
    public static string? TakeDecode(ProtocArguments arguments, string flag, string value)
        => Enter(arguments, flag, ProtocMode.Decode)
            ?? (TakeType(arguments, flag, value) is { } problem ? $"{problem}\n{DecodeHint}" : null);

    /// <summary><c>--decode_raw</c>.</summary>
    public static string? TakeDecodeRaw(ProtocArguments arguments, string flag, string value)
        => Enter(arguments, flag, ProtocMode.Decode) ?? (value.Length > 0 ? "--decode_raw does not take a parameter." : null);

    /// <summary><c>--print_free_field_numbers</c>.</summary>
    public static string? TakePrintFreeFieldNumbers(ProtocArguments arguments, string flag, string value)
    {
        if (arguments.Mode != ProtocMode.Compile)
        {
            return $"Cannot use {flag} and use --encode, --decode or print other info at the same time.";
        }

        return Enter(arguments, flag, ProtocMode.PrintFreeFieldNumbers);
    }

    /// <summary>What to add where a type is missing behind <c>--decode</c>.</summary>
    public const string DecodeHint = "To decode an unknown message, use --decode_raw.";

    private static string? Enter(ProtocArguments arguments, string flag, ProtocMode mode)
    {
        if (arguments.Mode != ProtocMode.Compile)
        {
            return "Only one of --encode and --decode can be specified.";
        }

        if (arguments.Outputs.Count > 0 || arguments.DescriptorSetOut is not null)
        {
            return $"Cannot use {flag} and generate code or descriptors at the same time.";
        }

        arguments.Mode = mode;
        return null;
    }

    private static string? TakeType(ProtocArguments arguments, string flag, string value)
    {
        arguments.CodecType = value;
        return value.Length == 0 ? $"Type name for {flag} cannot be blank." : null;
    }
}
