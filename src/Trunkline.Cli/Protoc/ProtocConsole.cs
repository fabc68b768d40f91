namespace Trunkline.Cli.Protoc;

/// <summary>The streams of a run: the process's own, or a test's.</summary>
internal sealed class ProtocConsole
{
    /// <summary>The streams of the process.</summary>
    public static ProtocConsole OfProcess { get; } = new()
    {
        Output = Console.Out,
        Errors = Console.Error,
        OpenInput = Console.OpenStandardInput,
        OpenOutput = Console.OpenStandardOutput,
        ErrorsAreTerminal = !Console.IsErrorRedirected,
    };

    /// <summary>The standard output, for text.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>The standard error.</summary>
    public required TextWriter Errors { get; init; }

    /// <summary>Opens the standard input, for bytes.</summary>
    public Func<Stream> OpenInput { get; init; } = () => Stream.Null;

    /// <summary>Opens the standard output, for bytes.</summary>
    public Func<Stream> OpenOutput { get; init; } = () => Stream.Null;

    /// <summary>When it is time to say how far a long run is.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether a person reads the standard error as it comes.</summary>
    public bool ErrorsAreTerminal { get; init; }
}
