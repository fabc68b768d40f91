using System.Diagnostics;
using System.Globalization;

namespace Trunkline.Chaos;

/// <summary>The server in a process of its own, so that its memory and processor time are its alone.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port, int tlsPort, string root)
    {
        _process = process;
        Port = port;
        TlsPort = tlsPort;
        Root = root;
    }

    public int Port { get; }

    public int TlsPort { get; }

    /// <summary>Its root certificate, as PEM.</summary>
    public string Root { get; }

    /// <summary>Resident memory now, in MiB.</summary>
    public long Memory => Refreshed().WorkingSet64 >> 20;

    /// <summary>The most resident memory so far, in MiB.</summary>
    public long PeakMemory => Refreshed().PeakWorkingSet64 >> 20;

    /// <summary>Processor time so far.</summary>
    public TimeSpan ProcessorTime => Refreshed().TotalProcessorTime;

    public bool HasExited => _process.HasExited;

    public static async Task<ServerProcess> StartAsync()
    {
        string rootFile = Path.GetTempFileName();
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add("serve");
        start.ArgumentList.Add(rootFile);
        Process process = Process.Start(start)!;
        string line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        int[] ports = [.. line.Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        string root = await File.ReadAllTextAsync(rootFile);
        File.Delete(rootFile);
        return new ServerProcess(process, ports[0], ports[1], root);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private Process Refreshed()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"The server has ended with exit code {_process.ExitCode}; its last words stand above.");
        }

        _process.Refresh();
        return _process;
    }
}
