using System.Diagnostics;
using System.Threading.Channels;

namespace Trunkline.Harness.Peers;

/// <summary>
/// A program that runs beside a test. Its pipes are drained all along, every wait is bounded, and disposing ends it. What it wrote is kept for the
/// message of the failure.
/// </summary>
public sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];

    private PeerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Keep(_output, e.Data);
        process.ErrorDataReceived += (_, e) => Keep(_errors, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
    }

    /// <summary>The lines of standard output so far.</summary>
    public IReadOnlyList<string> Output
    {
        get
        {
            lock (_output)
            {
                return [.. _output];
            }
        }
    }

    /// <summary>All that it wrote so far, for the message of a failure.</summary>
    public string Transcript
    {
        get
        {
            lock (_output)
            {
                lock (_errors)
                {
                    return string.Join('\n', _output.Concat(_errors));
                }
            }
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">A name on the path, or a path.</param>
    /// <param name="arguments">Its arguments.</param>
    public static PeerProcess Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new PeerProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start"));
    }

    /// <summary>Runs a program to its end and gives back what it wrote to standard output.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0, or not in time; the message has what it said.</exception>
    public static async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        await using PeerProcess process = Start(program, arguments);
        int exitCode = await process.WaitForExitAsync(TimeSpan.FromMinutes(2));
        return exitCode == 0
            ? string.Join('\n', process.Output)
            : throw new InvalidOperationException($"{program} ended with {exitCode}:\n{process.Transcript}");
    }

    /// <summary>Waits for a line of standard output.</summary>
    /// <param name="prefix">What the line begins with.</param>
    /// <returns>What follows the prefix.</returns>
    /// <exception cref="InvalidOperationException">It ended, or 30 s passed, without such a line; the message has what it wrote instead.</exception>
    public async Task<string> WaitForLineAsync(string prefix)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await foreach (string line in _lines.Reader.ReadAllAsync(patience.Token))
            {
                if (line.StartsWith(prefix, StringComparison.Ordinal))
                {
                    return line[prefix.Length..];
                }
            }
        }
        catch (OperationCanceledException late)
        {
            throw new InvalidOperationException($"{Name} wrote no line \"{prefix}...\" in {Patience.TotalSeconds} s but:\n{Transcript}", late);
        }

        throw new InvalidOperationException($"{Name} ended without a line \"{prefix}...\" but:\n{Transcript}");
    }

    /// <summary>Waits for the end.</summary>
    /// <param name="patience">How long.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="InvalidOperationException">The time passed; the program was killed.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan patience)
    {
        using var timer = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(timer.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException late)
        {
            _process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{Name} did not end within {patience.TotalSeconds} s; it wrote:\n{Transcript}", late);
        }
    }

    /// <summary>Asks the program to end, as an operator does (SIGTERM), and waits until it has.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await RunAsync("kill", "-TERM", $"{_process.Id}");
        return await WaitForExitAsync(Patience);
    }

    /// <summary>Ends the program if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private string Name => $"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)}";

    private void Keep(List<string> lines, string? line)
    {
        if (line is null)
        {
            if (lines == _output)
            {
                _lines.Writer.TryComplete();
            }

            return;
        }

        lock (lines)
        {
            lines.Add(line);
        }

        if (lines == _output)
        {
            _lines.Writer.TryWrite(line);
        }
    }
}
