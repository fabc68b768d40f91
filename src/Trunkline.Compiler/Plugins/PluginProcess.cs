using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Trunkline.Compiler.Plugins;

/// <summary>
/// Runs a plugin: writes the request, reads the answer and the messages, all three at once, for a program may answer before it has read everything, or fill one
/// pipe while nobody empties another. Beside that it watches what the program uses; whoever finds a fault first says what it was, and that stops the run.
/// </summary>
internal sealed class PluginProcess : IDisposable
{
    // Once the plugin itself is gone, its output is in the pipes: only a program that it left behind can hold them open. Nobody waits for that one longer.
    private static readonly TimeSpan LastBytes = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan MemoryPeriod = TimeSpan.FromMilliseconds(100);

    // Exit codes above this tell of a signal, by the convention of shells that .NET follows.
    private const int SignalBase = 128;
    private const int LastSignal = 64;

    // "Exec format error" of Unix.
    private const int NoFormat = 8;

    private readonly Process _process;
    private readonly PluginLimits _limits;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop;
    private readonly MemoryStream _output = new();
    private string? _fault;

    private PluginProcess(Process process, PluginLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        _process = process;
        _limits = limits;
        _time = time;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Runs a program to its end, or to the end of what it may use.</summary>
    /// <param name="program">What to run.</param>
    /// <param name="request">What it reads.</param>
    /// <param name="messages">Gets what it writes to its standard error.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="time">The clock of those limits.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; the program has been stopped.</exception>
    public static PluginRun Run(
        PluginProgram program, byte[] request, TextWriter messages, PluginLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        using Process? process = Start(program);
        if (process is null)
        {
            return PluginRun.NotStarted;
        }

        using var run = new PluginProcess(process, limits, time, cancellationToken);
        return run.CommunicateAsync(request, messages, cancellationToken).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _stop.Dispose();
        _output.Dispose();
    }

    private static Process? Start(PluginProgram program)
    {
        try
        {
            return Start(program.Path, []);
        }
        catch (Win32Exception failure) when (program.IsFoundOnPath && failure.NativeErrorCode == NoFormat && !OperatingSystem.IsWindows())
        {
            // A script that does not say what runs it. What is found on the PATH goes to the shell then, as execvp has it; a path that was given does not.
            return Start("/bin/sh", [program.Path]);
        }
        catch (Win32Exception)
        {
            // No permission, or no format that the system can execute.
            return null;
        }
    }

    private static Process Start(string path, string[] arguments)
        => Process.Start(new ProcessStartInfo(path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private async Task<PluginRun> CommunicateAsync(byte[] request, TextWriter messages, CancellationToken cancellationToken)
    {
        Task watching = Task.WhenAll(WatchTimeAsync(), WatchMemoryAsync());
        Task forwarding = ForwardMessagesAsync(messages);
        Task reading = ReadAsync();
        try
        {
            await Task.WhenAll(WriteAsync(request), reading, WatchExitAsync(reading)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Kill();
        }

        await AwaitMessagesAsync(forwarding).ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return _fault is { } fault
            ? new PluginRun(true, default, fault)
            : new PluginRun(true, _output.GetBuffer().AsMemory(0, (int)_output.Length), FaultOf(_process.ExitCode));
    }

    // Several may find something at once: the first is the reason, the rest may follow from it.
    private void Blame(string fault)
    {
        Interlocked.CompareExchange(ref _fault, fault, null);
        _stop.Cancel();
    }

    private async Task WriteAsync(byte[] request)
    {
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(request, _stop.Token).ConfigureAwait(false);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It closed its input, or ended, before it had read all. Its answer or its exit code tells whether that was meant.
        }
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[1 << 16];
        Stream stream = _process.StandardOutput.BaseStream;
        while (await stream.ReadAsync(buffer, _stop.Token).ConfigureAwait(false) is > 0 and var count)
        {
            if (_output.Length + count > _limits.ResponseBytes)
            {
                Blame($"Plugin wrote more than {_limits.ResponseBytes / (1 << 20)} MiB and was stopped.");
            }

            _stop.Token.ThrowIfCancellationRequested();
            _output.Write(buffer, 0, count);
        }
    }

    private async Task ForwardMessagesAsync(TextWriter messages)
    {
        char[] buffer = new char[1 << 12];
        long left = _limits.MessageCharacters;
        try
        {
            while (await _process.StandardError.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
            {
                if ((left -= count) < 0)
                {
                    Blame($"Plugin wrote more than {_limits.MessageCharacters} characters to its standard error and was stopped.");
                    return;
                }

                await messages.WriteAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The pipe is gone with the process that was stopped: there is nothing more to pass on.
        }
    }

    private async Task WatchTimeAsync()
    {
        await Task.Delay(_limits.Time, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_stop.IsCancellationRequested)
        {
            Blame($"Plugin ran for more than {_limits.Time.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds and was stopped.");
        }
    }

    private async Task WatchMemoryAsync()
    {
        using var timer = new PeriodicTimer(MemoryPeriod, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                if (PluginMemory.ResidentBytes(_process) > _limits.MemoryBytes)
                {
                    Blame($"Plugin used more than {_limits.MemoryBytes / (1 << 20)} MiB of memory and was stopped.");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over: there is nothing left to watch.
        }
    }

    /// <summary>Waits for the exit, and then for the output as long as some comes.</summary>
    private async Task WatchExitAsync(Task reading)
    {
        await _process.WaitForExitAsync(_stop.Token).ConfigureAwait(false);
        for (long seen = -1; !reading.IsCompleted && seen != _output.Length;)
        {
            seen = _output.Length;
            await Task.WhenAny(reading, Task.Delay(LastBytes, _time, _stop.Token)).ConfigureAwait(false);
        }

        if (!reading.IsCompleted)
        {
            Blame("Plugin ended, but a program that it left behind holds its output open.");
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in between, or a part of its tree did.
        }
    }

    private async Task AwaitMessagesAsync(Task forwarding) => await Task.WhenAny(forwarding, Task.Delay(LastBytes, _time)).ConfigureAwait(false);

    private static string? FaultOf(int exitCode) => exitCode switch
    {
        0 => null,
        > SignalBase and <= SignalBase + LastSignal when !OperatingSystem.IsWindows() => $"Plugin killed by signal {exitCode - SignalBase}.",
        _ => $"Plugin failed with status code {exitCode}.",
    };
}
