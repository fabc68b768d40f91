using System.Security.Cryptography;

namespace Trunkline.Fuzz.Running;

/// <summary>The inputs worth mutating: each has shown an outcome that none before it had.</summary>
internal sealed class FuzzCorpus
{
    private readonly List<byte[]> _inputs = [];
    private readonly HashSet<ulong> _outcomes = [];

    /// <summary>The number of inputs.</summary>
    public int Count => _inputs.Count;

    /// <summary>The number of outcomes seen.</summary>
    public int Outcomes => _outcomes.Count;

    /// <summary>The inputs.</summary>
    public IReadOnlyList<byte[]> Inputs => _inputs;

    /// <summary>The files of a corpus on disk, in an order that does not depend on the disk.</summary>
    public static IEnumerable<string> Files(string? directory, string target)
    {
        string path = Path.Combine(directory ?? "", target);
        return directory is not null && Directory.Exists(path) ? Directory.EnumerateFiles(path).Order(StringComparer.Ordinal) : [];
    }

    /// <summary>Takes an input in if it has shown something new.</summary>
    /// <param name="input">The input.</param>
    /// <param name="trace">What it showed.</param>
    /// <param name="countPairs">Whether an outcome right behind another one is something of its own.</param>
    public bool Offer(byte[] input, Trace trace, bool countPairs)
    {
        int before = _outcomes.Count;
        _outcomes.UnionWith(trace.Outcomes);
        if (countPairs)
        {
            _outcomes.UnionWith(trace.Pairs);
        }

        bool isNew = _outcomes.Count > before;
        if (isNew)
        {
            _inputs.Add(input);
        }

        return isNew;
    }

    /// <summary>Picks an input; the recent ones more often, since little has been tried on them yet.</summary>
    public byte[] Pick(Random random)
    {
        int recent = Math.Min(_inputs.Count, 64);
        return random.Next(3) == 0 ? _inputs[_inputs.Count - 1 - random.Next(recent)] : _inputs[random.Next(_inputs.Count)];
    }

    /// <summary>Writes an input under the name of its hash.</summary>
    public static void Save(string directory, string target, byte[] input)
    {
        string path = Path.Combine(directory, target);
        Directory.CreateDirectory(path);
        File.WriteAllBytes(Path.Combine(path, NameOf(input)), input);
    }

    /// <summary>The name of an input: the beginning of its hash.</summary>
    public static string NameOf(byte[] input) => Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, 8));
}
