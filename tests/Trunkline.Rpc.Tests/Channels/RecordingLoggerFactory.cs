using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Trunkline.Rpc.Tests.Channels;

/// <summary>Keeps what was logged until a test asks for it.</summary>
internal sealed class RecordingLoggerFactory : ILoggerFactory, ILogger
{
    private readonly Channel<(int Id, string Text)> _entries = System.Threading.Channels.Channel.CreateUnbounded<(int, string)>();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This factory is its own provider.");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Writer.TryWrite((eventId.Id, formatter(state, exception)));

    /// <summary>The next entry with the id.</summary>
    public async Task<string> WaitForAsync(int eventId)
    {
        while (true)
        {
            (int id, string text) = await _entries.Reader.ReadAsync();
            if (id == eventId)
            {
                return text;
            }
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
