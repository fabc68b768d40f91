using Trunkline.Fuzz.Compiler;
using Trunkline.Fuzz.Connections;
using Trunkline.Fuzz.Dynamic;
using Trunkline.Fuzz.Frames;
using Trunkline.Fuzz.Hpack;

namespace Trunkline.Fuzz.Running;

/// <summary>What the commands do.</summary>
internal static class FuzzProgram
{
    private static readonly IFuzzTarget[] Targets = [new HpackTarget(), new FrameTarget(), new ServerTarget(), new ClientTarget(), new CompilerTarget(), new DynamicTarget()];

    public static async Task<int> RunAsync(RunOptions options)
    {
        using var balance = new PoolBalance();
        IFuzzTarget[] targets = options.Target == "all" ? Targets : [.. Targets.Where(target => target.Name == options.Target)];
        if (targets.Length == 0)
        {
            Console.Error.WriteLine($"There is no target '{options.Target}'; there are {string.Join(", ", Targets.Select(target => target.Name))}.");
            return 2;
        }

        if (options.Command == FuzzCommand.Distill)
        {
            return await DistillAsync(targets, options.Corpus);
        }

        return options.Replay is { } file ? await ReplayAsync(targets[0], file) : await FuzzAsync(targets, options);
    }

    private static async Task<int> FuzzAsync(IFuzzTarget[] targets, RunOptions options)
    {
        var log = new RunLog(options.Log);
        int findings = 0;
        foreach (IFuzzTarget target in targets)
        {
            RunState state = await new FuzzLoop(target, options with { Time = options.Time / targets.Length }, log).RunAsync();
            findings += state.Findings.Count;
        }

        return findings == 0 ? 0 : 1;
    }

    private static async Task<int> ReplayAsync(IFuzzTarget target, string file)
    {
        try
        {
            await target.ExecuteAsync(await File.ReadAllBytesAsync(file), new Trace(Console.Out));
            Console.WriteLine("all laws hold");
            return 0;
        }
        catch (Exception failure)
        {
            // The failure is the answer.
            Console.WriteLine(failure);
            return 1;
        }
    }

    // Smallest first: an input stays when it shows an outcome that no smaller one has shown. Pairs of outcomes are left to the next run, which finds
    // them again in seconds, so that the corpus in the repository stays small.
    private static async Task<int> DistillAsync(IFuzzTarget[] targets, string? directory)
    {
        foreach (IFuzzTarget target in targets)
        {
            var corpus = new FuzzCorpus();
            string[] files = [.. FuzzCorpus.Files(directory, target.Name).OrderBy(file => new FileInfo(file).Length)];
            foreach (string file in files)
            {
                byte[] input = await File.ReadAllBytesAsync(file);
                var trace = new Trace();
                await target.ExecuteAsync(input, trace);
                if (!corpus.Offer(input, trace, countPairs: false))
                {
                    File.Delete(file);
                }
            }

            Console.WriteLine($"{target.Name}: {corpus.Count} of {files.Length} inputs stay, {corpus.Inputs.Sum(input => input.Length)} bytes, {corpus.Outcomes} outcomes");
        }

        return 0;
    }
}
