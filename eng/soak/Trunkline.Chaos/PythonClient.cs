using System.Diagnostics;
using System.Globalization;

namespace Trunkline.Chaos;

/// <summary>A client that nobody here wrote: grpcio under the system's Python, where it is installed.</summary>
internal sealed class PythonClient : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _reading;
    private long _succeeded;
    private long _failed;

    private PythonClient(Process process, Action<string> onFailure)
    {
        _process = process;
        _reading = Task.WhenAll(ReadCountsAsync(), ReadFailuresAsync(onFailure));
    }

    public long Succeeded => Interlocked.Read(ref _succeeded);

    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Starts it; null where there is no grpcio.</summary>
    public static async Task<PythonClient?> TryStartAsync(int port, Action<string> onFailure)
    {
        const string Python = "/usr/bin/python3";
        if (!File.Exists(Python))
        {
            return null;
        }

        using Process probe = Process.Start(new ProcessStartInfo(Python, ["-c", "import grpc"]) { RedirectStandardError = true, UseShellExecute = false })!;
        await probe.WaitForExitAsync();
        if (probe.ExitCode != 0)
        {
            return null;
        }

        string script = Path.Combine(AppContext.BaseDirectory, "honest_client.py");
        var start = new ProcessStartInfo(Python, [script, port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return new PythonClient(Process.Start(start)!, onFailure);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _reading;
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadCountsAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            string[] counts = line.Split(' ');
            Interlocked.Exchange(ref _succeeded, long.Parse(counts[0], CultureInfo.InvariantCulture));
            Interlocked.Exchange(ref _failed, long.Parse(counts[1], CultureInfo.InvariantCulture));
        }
    }

    private async Task ReadFailuresAsync(Action<string> onFailure)
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            onFailure("grpcio: " + line);
        }
    }
}
