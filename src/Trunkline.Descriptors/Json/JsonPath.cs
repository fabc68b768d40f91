namespace Trunkline.Descriptors.Json;

/// <summary>Where in a message the work is, for errors.</summary>
internal sealed class JsonPath
{
    private readonly List<string> _steps = [];

    public int Depth => _steps.Count;

    public void Enter(string name) => _steps.Add("." + name);

    public void Enter(int index) => _steps.Add($"[{index}]");

    public void Leave() => _steps.RemoveAt(_steps.Count - 1);

    public MessageJsonException Fault(string problem) => new("$" + string.Concat(_steps), problem);
}
