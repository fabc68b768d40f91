using System.Diagnostics;

namespace Trunkline.LoadGenerator;

/// <summary>A started client or server, spoken to line by line (see <see cref="LoadContract.Roles"/>).</summary>
internal sealed class RoleProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _name;

    private RoleProcess(Process process, string name)
    {
        _process = process;
        _name = name;
    }

    /// <summary>Starts a program of this solution; its errors go to this process's.</summary>
    public static RoleProcess Start(string name, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new RoleProcess(Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start."), name);
    }

    /// <summary>Sends a line and returns the words of the answer after its first, which must be the expected one.</summary>
    public async Task<string[]> AskAsync(string line, string expected)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return await ExpectAsync(expected);
    }

    /// <summary>Waits for a line that begins with the expected word.</summary>
    public async Task<string[]> ExpectAsync(string expected)
    {
        using var patience = new CancellationTokenSource(Patience);
        var line = await _process.StandardOutput.ReadLineAsync(patience.Token)
            ?? throw new InvalidOperationException($"{_name} ended (exit code {(_process.HasExited ? _process.ExitCode : 0)}) where '{expected}' was due.");
        var words = line.Split(' ');
        return words[0] == expected ? words[1..] : throw new InvalidOperationException($"{_name} said '{line}' where '{expected}' was due.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true); // It hangs on its way out; the figures are already taken.
        }

        _process.Dispose();
    }
}
