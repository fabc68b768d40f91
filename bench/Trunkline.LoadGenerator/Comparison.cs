using System.Globalization;
using Trunkline.LoadContract;

namespace Trunkline.LoadGenerator;

/// <summary>Runs the same work on every stack, round by round in turn, so that a slow minute of the machine meets all of them.</summary>
internal sealed class Comparison(IReadOnlyList<Stack> stacks, int rounds, TimeSpan length)
{
    private const int WarmUpRounds = 2;

    /// <summary>Prints one table row for each stack and work, as Markdown.</summary>
    public async Task RunAsync(IEnumerable<Work> works, TextWriter output)
    {
        await output.WriteLineAsync("| work | stack | per second | client CPU | server CPU | client allocates | server allocates | ratio |");
        await output.WriteLineAsync("|---|---|--:|--:|--:|--:|--:|--:|");
        foreach (var work in works)
        {
            var medians = await MeasureAsync(work);
            for (var index = 0; index < stacks.Count; index++)
            {
                await output.WriteLineAsync(Row(work, stacks[index].Name, medians[index], medians[index][0] / medians[^1][0]));
            }
        }
    }

    private async Task<double[][]> MeasureAsync(Work work)
    {
        foreach (var stack in stacks)
        {
            for (var round = 0; round < WarmUpRounds; round++)
            {
                await stack.RunAsync(work, length);
            }
        }

        var results = stacks.Select(_ => new List<Round>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var index = 0; index < stacks.Count; index++)
            {
                results[index].Add(await stacks[index].RunAsync(work, length));
            }
        }

        return [.. results.Select(Round.Medians)];
    }

    private static string Row(Work work, string stack, double[] figures, double ratio) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {work.Title} | {stack} | {figures[0]:N0} {work.Unit}s | {figures[1]:N2} us | {figures[2]:N2} us | {figures[3]:N0} B | {figures[4]:N0} B | {ratio:N2} |");
}
