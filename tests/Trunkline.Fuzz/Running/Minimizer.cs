using Trunkline.Fuzz.Connections;

namespace Trunkline.Fuzz.Running;

/// <summary>Makes a finding small: removes pieces, large ones first, then makes bytes zero, as long as the same kind of failure stays.</summary>
internal sealed class Minimizer(IFuzzTarget target)
{
    // A finding is read by a person once; more than this is not worth the time.
    private const int MaxExecutions = 3000;

    private int _executions;

    public async Task<byte[]> ReduceAsync(byte[] input, string kind)
    {
        for (int size = input.Length / 2; size >= 1; size /= 2)
        {
            for (int start = 0; start + size <= input.Length && _executions < MaxExecutions;)
            {
                byte[] shorter = [.. input.AsSpan(0, start), .. input.AsSpan(start + size)];
                if (await StillFailsAsync(shorter, kind))
                {
                    input = shorter;
                }
                else
                {
                    start += size;
                }
            }
        }

        for (int i = 0; i < input.Length && _executions < MaxExecutions; i++)
        {
            byte[] simpler = [.. input];
            simpler[i] = 0;
            if (input[i] != 0 && await StillFailsAsync(simpler, kind))
            {
                input = simpler;
            }
        }

        return input;
    }

    private async Task<bool> StillFailsAsync(byte[] input, string kind)
    {
        _executions++;
        try
        {
            await target.ExecuteAsync(input, new Trace());
            return false;
        }
        catch (Exception failure)
        {
            // Any failure is an answer here; only one of the same kind counts.
            return string.Equals(Findings.KindOf(failure), kind, StringComparison.Ordinal);
        }
        finally
        {
            await Quiet.SettleAsync();
        }
    }
}
