namespace Trunkline.Agreement.CSharp;

/// <summary>What differs, by a name that the list of declared differences knows, with the first example; and what was looked at.</summary>
internal sealed class Findings
{
    private readonly Dictionary<string, string> _differences = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Differences => _differences;

    public int Files { get; set; }

    public int Members { get; set; }

    public int Types { get; set; }

    public int Inputs { get; set; }

    /// <summary>Enters a difference; of a name that comes again, the first example stays.</summary>
    public void Add(string name, string example) => _differences.TryAdd(name, example);

    /// <summary>Takes over what another found.</summary>
    public void Add(Findings other)
    {
        foreach ((string name, string example) in other._differences)
        {
            Add(name, example);
        }

        Files += other.Files;
        Members += other.Members;
        Types += other.Types;
        Inputs += other.Inputs;
    }
}
