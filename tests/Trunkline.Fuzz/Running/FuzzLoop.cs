using System.Globalization;
using Trunkline.Fuzz.Connections;

namespace Trunkline.Fuzz.Running;

/// <summary>
/// Runs a target for a time: first its corpus, then inputs out of its grammar and mutations of the corpus, which takes in whatever shows an outcome
/// that was not seen before.
/// </summary>
internal sealed class FuzzLoop
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);

    private readonly IFuzzTarget _target;
    private readonly RunOptions _options;
    private readonly RunLog _log;
    private readonly RunState _state;
    private readonly Findings _findings;
    private readonly FuzzCorpus _corpus = new();
    private readonly TimeSpan _spentBefore;
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();
    private readonly string? _stateFile;
    private TimeSpan _reportedAt;
    private int _kept;

    public FuzzLoop(IFuzzTarget target, RunOptions options, RunLog log)
    {
        _target = target;
        _options = options;
        _log = log;
        _stateFile = options.State;
        _state = RunState.LoadOrBegin(_stateFile, target.Name, options.Seed, TimeProvider.System.GetUtcNow());
        _spentBefore = _state.Spent;
        _findings = new Findings(options.Findings, target, _state);
    }

    private TimeSpan SpentNow => TimeProvider.System.GetElapsedTime(_startedAt);

    /// <summary>Fuzzes until the time is over.</summary>
    /// <returns>What the run amounts to.</returns>
    public async Task<RunState> RunAsync()
    {
        _log.Write($"{_target.Name}: {(_state.Executions == 0 ? "begins" : $"goes on after {_state.Executions} executions")}, seed {_state.Seed}");
        using var watchdog = new Watchdog(OnHang);
        await RunCorpusAsync(watchdog);
        while (_spentBefore + SpentNow < _options.Time)
        {
            // A clock is dear beside an execution: look at it now and then.
            for (int i = 0; i < 64; i++)
            {
                await RunOneAsync(NextInput(), watchdog);
            }

            Report();
        }

        Save();
        _log.Write(
            $"{_target.Name}: done; started {_state.Started.ToString("u", CultureInfo.InvariantCulture)}, {_state.Spent.TotalMinutes:f1} min, " +
            $"{_state.Executions} executions, {_corpus.Count} inputs for {_corpus.Outcomes} outcomes, {_state.Findings.Count} findings, {_state.Unrepeated} not repeated");
        return _state;
    }

    private async Task RunCorpusAsync(Watchdog watchdog)
    {
        string[] files = [.. FuzzCorpus.Files(_options.Corpus, _target.Name).Concat(FuzzCorpus.Files(_options.Keep, _target.Name)).Distinct(StringComparer.Ordinal)];
        foreach (string file in files)
        {
            await RunOneAsync(File.ReadAllBytes(file), watchdog, isKept: true);
        }
    }

    // Each input has random numbers of its own, so that a run that goes on goes on as if it had not stopped.
    private byte[] NextInput()
    {
        var random = new Random(HashCode(_state.Seed, _state.Executions));
        return _corpus.Count == 0 || random.Next(4) == 0
            ? _target.Generate(random)
            : Mutation.Of(_corpus.Pick(random), _corpus.Pick(random), _target.MaxLength, random);
    }

    private async Task RunOneAsync(byte[] input, Watchdog watchdog, bool isKept = false)
    {
        var trace = new Trace();
        watchdog.Enter(input);
        _state.Executions++;
        try
        {
            await _target.ExecuteAsync(input, trace);
        }
        catch (Exception failure)
        {
            // Whatever it is, it is what this program looks for.
            await OnFailureAsync(input, failure);
        }

        watchdog.Leave();
        if (_corpus.Offer(input, trace, countPairs: true) && !isKept && _options.Keep is { } keep)
        {
            FuzzCorpus.Save(keep, _target.Name, input);
            _kept++;
        }
    }

    // A connection that was left in the middle may still have work queued, which must not disturb the next execution. What a second execution does not
    // show is not a finding that anybody can act on; it is told all the same.
    private async Task OnFailureAsync(byte[] input, Exception failure)
    {
        await Quiet.SettleAsync();
        if (!await FailsAsync(input))
        {
            _state.Unrepeated++;
            _log.Write($"{_target.Name}: not repeated: {_findings.Write(input, failure)}: {failure.Message}");
        }
        else if (await _findings.AddAsync(input, failure) is { } file)
        {
            _log.Write($"{_target.Name}: FINDING {file}: {failure.Message}");
        }

        await Quiet.SettleAsync();
    }

    private async Task<bool> FailsAsync(byte[] input)
    {
        try
        {
            await _target.ExecuteAsync(input, new Trace());
            return false;
        }
        catch (Exception)
        {
            // That it fails is the answer.
            return true;
        }
        finally
        {
            await Quiet.SettleAsync();
        }
    }

    private void Report()
    {
        TimeSpan now = SpentNow;
        if (now - _reportedAt < ReportInterval)
        {
            return;
        }

        _reportedAt = now;
        Save();
        _log.Write(
            $"{_target.Name}: {_state.Spent.TotalMinutes:f1} min, {_state.Executions} executions, {_corpus.Count} inputs ({_kept} written) for " +
            $"{_corpus.Outcomes} outcomes, {_state.Findings.Count} findings, heap {GC.GetTotalMemory(forceFullCollection: false) >> 20} MiB, " +
            $"{GC.GetTotalAllocatedBytes() / Math.Max(_state.Executions, 1) >> 10} KiB allocated an execution, {GC.CollectionCount(0)}/{GC.CollectionCount(2)} collections");
    }

    private void Save()
    {
        _state.Spent = _spentBefore + SpentNow;
        _state.Save(_stateFile);
    }

    private void OnHang(byte[] input)
    {
        string file = _findings.Write(input, new BrokenLawException("the execution does not end"));
        _state.Findings.Add("the execution does not end");
        Save();
        _log.Write($"{_target.Name}: FINDING {file}: the execution does not end");
    }

    // The runtime's own hash codes differ from process to process.
    private static int HashCode(int seed, long execution)
    {
        ulong hash = unchecked(((ulong)execution * 0x9E37_79B9_7F4A_7C15) + ((ulong)seed * 0xBF58_476D_1CE4_E5B9));
        return (int)(hash ^ (hash >> 31));
    }
}
