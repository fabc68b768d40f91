using System.Security.Cryptography;
using System.Text;

namespace Trunkline.Build;

/// <summary>
/// What the last build read and wrote, kept in a text file under obj. A build whose settings, inputs and outputs are the same has nothing to do.
/// An input counts as the same when size and time are, or else when its content is: a checkout that touches files rebuilds nothing.
/// </summary>
internal sealed class BuildState
{
    private const char Separator = '\t';

    // Another build of the compiler may generate other code.
    private static readonly string Generator = typeof(Compiler.CSharpGenerator).Module.ModuleVersionId.ToString("N");

    private readonly List<Entry> _inputs = [];
    private readonly List<string> _outputs = [];
    private string _settings = "";

    /// <summary>The files that were written.</summary>
    public IReadOnlyList<string> Outputs => _outputs;

    /// <summary>Notes what a build has done.</summary>
    public static BuildState Of(IEnumerable<ProtobufItem> items, IEnumerable<string> inputs, IEnumerable<string> outputs)
    {
        var state = new BuildState { _settings = Settings(items) };
        state._inputs.AddRange(inputs.Distinct(StringComparer.Ordinal).Select(Entry.Of));
        state._outputs.AddRange(outputs);
        return state;
    }

    /// <summary>Reads the state of the last build; null when there is none that can be understood, which means to build.</summary>
    public static BuildState? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var state = new BuildState();
        foreach (var line in File.ReadLines(path))
        {
            switch (line.Split(Separator))
            {
                case ["settings", var settings]:
                    state._settings = settings;
                    break;
                case ["in", var file, var size, var time, var hash] when long.TryParse(size, out var bytes) && long.TryParse(time, out var ticks):
                    state._inputs.Add(new Entry(file, bytes, ticks, hash));
                    break;
                case ["out", var file]:
                    state._outputs.Add(file);
                    break;
                default:
                    return null;
            }
        }

        return state;
    }

    /// <summary>Whether a build with these items would do what the noted one did.</summary>
    public bool IsCurrent(IEnumerable<ProtobufItem> items) =>
        string.Equals(_settings, Settings(items), StringComparison.Ordinal) && _outputs.TrueForAll(File.Exists) && _inputs.TrueForAll(entry => entry.IsCurrent());

    /// <summary>Writes the state.</summary>
    public void Write(string path)
    {
        var text = new StringBuilder().Append("settings").Append(Separator).Append(_settings).Append('\n');
        foreach (var input in _inputs)
        {
            text.AppendJoin(Separator, ["in", input.Path, $"{input.Size}", $"{input.Time}", input.Hash]).Append('\n');
        }

        foreach (var output in _outputs)
        {
            text.AppendJoin(Separator, ["out", output]).Append('\n');
        }

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.ToString());
    }

    private static string Settings(IEnumerable<ProtobufItem> items) => Hash(Encoding.UTF8.GetBytes(string.Join('\n', items.Select(item => item.Key).Prepend(Generator))));

    private static string Hash(byte[] content) => Convert.ToHexString(SHA256.HashData(content));

    private sealed record Entry(string Path, long Size, long Time, string Hash)
    {
        public static Entry Of(string path)
        {
            var file = new FileInfo(path);
            return new Entry(path, file.Length, file.LastWriteTimeUtc.Ticks, BuildState.Hash(File.ReadAllBytes(path)));
        }

        public bool IsCurrent()
        {
            var file = new FileInfo(Path);
            return file.Exists && file.Length == Size &&
                (file.LastWriteTimeUtc.Ticks == Time || string.Equals(BuildState.Hash(File.ReadAllBytes(Path)), Hash, StringComparison.Ordinal));
        }
    }
}
