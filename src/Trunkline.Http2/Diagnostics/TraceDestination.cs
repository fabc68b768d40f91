using Microsoft.Extensions.Logging;

namespace Trunkline.Http2.Diagnostics;

/// <summary>Where frame traces go when the environment asks for them: one destination for the whole process.</summary>
internal static class TraceDestination
{
    /// <summary>Names the destination: <c>stderr</c>, <c>stdout</c>, or a file to append to.</summary>
    public const string Variable = "TRUNKLINE_FRAME_TRACE";

    private static readonly Lock Opening = new();
    private static string? _name;
    private static TextWriter? _writer;

    /// <summary>The destination; null when the environment asks for none, or it cannot be opened, which is logged.</summary>
    public static TextWriter? FromEnvironment(ILogger logger)
    {
        string? name = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        lock (Opening)
        {
            if (_name != name)
            {
                _writer = Open(name, logger);
                _name = name;
            }

            return _writer;
        }
    }

    private static TextWriter? Open(string name, ILogger logger)
    {
        try
        {
            return name switch
            {
                "stderr" => Console.Error,
                "stdout" => Console.Out,
                _ => TextWriter.Synchronized(new StreamWriter(name, append: true)),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            ConnectionLog.TraceUnavailable(logger, Variable, name, exception);
            return null;
        }
    }
}
