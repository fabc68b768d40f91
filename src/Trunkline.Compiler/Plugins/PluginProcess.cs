using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Trunkline.Compiler.Plugins;

/// <summary>
/// Runs a plugin: writes the request, reads the answer and the messages, all three at once, for a program may answer before it has read everything, or fill one
/// pipe while nobody empties another.
/// </summary>
internal sealed class PluginProcess
{
    // A descendant of the plugin may hold the pipe of messages open; nobody waits for that longer than this once the plugin itself is gone.
    private static readonly TimeSpan LastMessages = TimeSpan.FromSeconds(2);

    // Exit codes above this tell of a signal, by the convention of shells that .NET follows.
    private const int SignalBase = 128;
    private const int LastSignal = 64;

    private readonly Process _process;
    private readonly PluginLimits _limits;

    private PluginProcess(Process process, PluginLimits limits)
    {
        _process = process;
        _limits = limits;
    }

    /// <summary>Runs a program to its end, or to the end of what it may use.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the program has been stopped.</exception>
    public static PluginRun Run(string path, byte[] request, TextWriter messages, PluginLimits limits, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(path)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            // No permission, or no format that the system can execute.
            return PluginRun.NotStarted;
        }

        return new PluginProcess(process, limits).CommunicateAsync(request, messages, cancellationToken).GetAwaiter().GetResult();
    }

    private async Task<PluginRun> CommunicateAsync(byte[] request, TextWriter messages, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_limits.Time);
        Task writing = WriteAsync(request, deadline.Token);
        Task forwarding = ForwardMessagesAsync(messages);
        try
        {
            ReadOnlyMemory<byte>? output = await ReadAsync(deadline.Token).ConfigureAwait(false);
            if (output is null)
            {
                return await StopAsync($"Plugin wrote more than {_limits.ResponseBytes / (1 << 20)} MiB and was stopped.", forwarding).ConfigureAwait(false);
            }

            await writing.ConfigureAwait(false);
            await _process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
            await AwaitMessagesAsync(forwarding).ConfigureAwait(false);
            return new PluginRun(true, output.Value, FaultOf(_process.ExitCode));
        }
        catch (OperationCanceledException)
        {
            string seconds = _limits.Time.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            PluginRun run = await StopAsync($"Plugin ran for more than {seconds} seconds and was stopped.", forwarding).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return run;
        }
    }

    private async Task WriteAsync(byte[] request, CancellationToken cancellationToken)
    {
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(request, cancellationToken).ConfigureAwait(false);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It closed its input, or ended, before it had read all. Its answer or its exit code tells whether that was meant.
        }
    }

    /// <summary>The whole output, or null when it is too long.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        var output = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        Stream stream = _process.StandardOutput.BaseStream;
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            if (output.Length + count > _limits.ResponseBytes)
            {
                return null;
            }

            output.Write(buffer, 0, count);
        }

        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }

    private async Task ForwardMessagesAsync(TextWriter messages)
    {
        char[] buffer = new char[1 << 12];
        try
        {
            while (await _process.StandardError.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
            {
                await messages.WriteAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The pipe is gone with the process that was stopped: there is nothing more to pass on.
        }
    }

    private async Task<PluginRun> StopAsync(string fault, Task forwarding)
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in between, or a part of its tree did.
        }

        await AwaitMessagesAsync(forwarding).ConfigureAwait(false);
        return new PluginRun(true, default, fault);
    }

    private static async Task AwaitMessagesAsync(Task forwarding) => await Task.WhenAny(forwarding, Task.Delay(LastMessages)).ConfigureAwait(false);

    private static string? FaultOf(int exitCode) => exitCode switch
    {
        0 => null,
        > SignalBase and <= SignalBase + LastSignal when !OperatingSystem.IsWindows() => $"Plugin killed by signal {exitCode - SignalBase}.",
        _ => $"Plugin failed with status code {exitCode}.",
    };
}
