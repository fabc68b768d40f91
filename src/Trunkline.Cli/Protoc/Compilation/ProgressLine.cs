namespace Trunkline.Cli.Protoc.Compilation;

/// <summary>
/// A line on a terminal that tells how far a long run is. It appears after a second, is written over in place, and is gone when the run ends; short runs and
/// runs into a pipe never see it.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly TextWriter _output;
    private readonly Func<string> _text;
    private readonly ITimer _timer;

    // Both under the lock: the timer may fire while the run ends.
    private int _shownLength;
    private bool _isOver;

    private ProgressLine(TextWriter output, TimeProvider time, Func<string> text)
    {
        _output = output;
        _text = text;
        _timer = time.CreateTimer(static line => ((ProgressLine)line!).Show(), this, First, Interval);
    }

    /// <summary>Begins, when somebody looks at the terminal.</summary>
    /// <param name="console">The streams.</param>
    /// <param name="text">What to show; asked from another thread.</param>
    /// <returns>What ends it; null when nobody looks.</returns>
    public static ProgressLine? Start(ProtocConsole console, Func<string> text)
        => console.ErrorsAreTerminal ? new ProgressLine(console.Errors, console.Time, text) : null;

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _isOver = true;
            if (_shownLength > 0)
            {
                _output.Write($"\r{new string(' ', _shownLength)}\r");
            }
        }
    }

    private void Show()
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                var text = _text();
                _output.Write($"\r{text.PadRight(_shownLength)}");
                _shownLength = Math.Max(_shownLength, text.Length);
            }
        }
    }
}
