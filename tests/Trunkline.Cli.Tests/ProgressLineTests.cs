using Trunkline.Cli.Protoc;
using Trunkline.Cli.Protoc.Compilation;
using Trunkline.Harness;

namespace Trunkline.Cli.Tests;

public sealed class ProgressLineTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly StringWriter _errors = new();

    public void Dispose() => _errors.Dispose();

    [Fact]
    public void LongRun_OnATerminal_ShowsALineAndTakesItAway()
    {
        var text = "10 files";
        using (ProgressLine.Start(Console(isTerminal: true), () => text))
        {
            _time.Advance(TimeSpan.FromMilliseconds(999));
            Assert.Empty(_errors.ToString());
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal("\r10 files", _errors.ToString());
            text = "9 more";
            _time.Advance(TimeSpan.FromMilliseconds(250));
            Assert.Equal("\r10 files\r9 more  ", _errors.ToString());
        }

        Assert.Equal("\r10 files\r9 more  \r        \r", _errors.ToString());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("\r10 files\r9 more  \r        \r", _errors.ToString());
    }

    [Fact]
    public void ShortRun_ShowsNothing()
    {
        ProgressLine.Start(Console(isTerminal: true), () => "text")!.Dispose();
        Assert.Empty(_errors.ToString());
    }

    [Fact]
    public void Pipe_SeesNothing() => Assert.Null(ProgressLine.Start(Console(isTerminal: false), () => "text"));

    private ProtocConsole Console(bool isTerminal)
        => new() { Output = TextWriter.Null, Errors = _errors, ErrorsAreTerminal = isTerminal, Time = _time };
}
