using System.Text;
using Microsoft.Extensions.Logging;

namespace Trunkline.Fuzz.Connections;

/// <summary>Gathers what the engine logs as an error: no peer may cause one.</summary>
internal sealed class ErrorLog : ILogger
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _text.Append(formatter(state, exception)).Append(' ').Append(exception).Append('\n');
        }
    }
}
