using System.Globalization;

namespace Trunkline.Chaos;

/// <summary>One run: server, well-behaved clients, attackers, and a line a minute.</summary>
internal sealed class ChaosRun(ChaosOptions options, ChaosState state, ServerProcess server, HonestClients clients, PythonClient? python)
{
    private const int MaxFailuresTold = 20;

    private static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _spentBefore = state.Spent;
    private readonly TimeSpan _processorBefore = state.ProcessorTime;
    private readonly (long Ok, long Failed, long PythonOk, long PythonFailed) _before = (state.Succeeded, state.Failed, state.PythonSucceeded, state.PythonFailed);

    /// <summary>Runs until the time is over.</summary>
    /// <returns>0 when no call of a well-behaved client has failed.</returns>
    public static async Task<int> RunAsync(ChaosOptions options)
    {
        ChaosState state = ChaosState.LoadOrBegin(options.State);
        state.Starts++;
        await using ServerProcess server = await ServerProcess.StartAsync();
        Action<string> onFailure = Limited(options);
        await using var clients = new HonestClients(server, options.Seed, onFailure);
        await using PythonClient? python = await PythonClient.TryStartAsync(server.Port, onFailure);
        var run = new ChaosRun(options, state, server, clients, python);
        await run.RunAsync();
        return state.Failed + state.PythonFailed == 0 && !server.HasExited ? 0 : 1;
    }

    // The first failures tell the story; a server that is gone would fill the disk.
    private static Action<string> Limited(ChaosOptions options)
    {
        int told = 0;
        return failure =>
        {
            if (Interlocked.Increment(ref told) <= MaxFailuresTold)
            {
                Write(options, $"FAILED CALL {failure.ReplaceLineEndings(" ")}");
            }
        };
    }

    private static void Write(ChaosOptions options, string line)
    {
        string text = $"{TimeProvider.System.GetUtcNow():u} chaos: {line}";
        lock (options)
        {
            Console.WriteLine(text);
            if (options.Log is { } log)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(log))!);
                File.AppendAllText(log, text + Environment.NewLine);
            }
        }
    }

    private async Task RunAsync()
    {
        // The clients alone first: what the server needs for them is not the attackers' doing.
        await Task.Delay(Settling);
        long memory = server.Memory;
        state.MemoryAtStart = state.Starts == 1 ? memory : state.MemoryAtStart;
        Write(options, $"{(state.Starts == 1 ? "begins" : $"goes on after {state.Spent.TotalMinutes:f1} min")}, {options.Attackers} attackers, server {memory} MiB, grpcio {(python is null ? "absent" : "present")}");
        long startedAt = TimeProvider.System.GetTimestamp();
        await using (new Attackers(server, options, state))
        {
            while (_spentBefore + TimeProvider.System.GetElapsedTime(startedAt) is var spent && spent < options.Time && !server.HasExited)
            {
                TimeSpan left = options.Time - spent;
                await Task.Delay(left < ReportInterval ? left : ReportInterval);
                Update(startedAt);
                Write(options, $"{state.Spent.TotalMinutes:f1} min, {Counts()}, server {server.Memory} MiB (peak {server.PeakMemory}), {state.ProcessorTime.TotalSeconds:f0} s of processor");
                state.Save(options.State);
            }
        }

        await Task.Delay(Settling);
        Update(startedAt);
        Summarize();
        state.Save(options.State);
    }

    private void Update(long startedAt)
    {
        state.Spent = _spentBefore + TimeProvider.System.GetElapsedTime(startedAt);
        state.Succeeded = _before.Ok + clients.Succeeded;
        state.Failed = _before.Failed + clients.Failed;
        state.PythonSucceeded = _before.PythonOk + (python?.Succeeded ?? 0);
        state.PythonFailed = _before.PythonFailed + (python?.Failed ?? 0);
        state.PeakMemory = Math.Max(state.PeakMemory, server.PeakMemory);
        state.ProcessorTime = _processorBefore + server.ProcessorTime;
    }

    private string Counts() =>
        $"calls {state.Succeeded} ok {state.Failed} failed, grpcio {state.PythonSucceeded} ok {state.PythonFailed} failed, {state.Attacks.Values.Sum(ends => ends.Values.Sum())} attacks";

    private void Summarize()
    {
        Write(
            options,
            $"done; started {state.Started.ToString("u", CultureInfo.InvariantCulture)}, {state.Spent.TotalMinutes:f1} min in {state.Starts} starts, {Counts()}, " +
            $"server {state.MemoryAtStart} MiB at the start, {state.PeakMemory} at the peak, {server.Memory} at the end, {state.ProcessorTime.TotalSeconds:f0} s of processor");
        foreach ((string attack, SortedDictionary<string, long> ends) in state.Attacks)
        {
            Write(options, $"  {attack}: {string.Join(", ", ends.Select(end => $"{end.Value} {end.Key}"))}");
        }
    }
}
