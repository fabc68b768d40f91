using System.Text;
using Trunkline.Compiler;

namespace Trunkline.Fuzz.Compiler;

/// <summary>
/// An input as source files. The whole input is one file unless a line begins with <c>//@</c>: then the rest of that line names the file that begins below it. An
/// input stays a .proto file that an editor can show, and mutations move text between files by themselves.
/// </summary>
internal sealed class SourceProject
{
    public const string FirstFile = "x.proto";

    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    private SourceProject()
    {
    }

    public IReadOnlyDictionary<string, byte[]> Files => _files;

    public static SourceProject Split(ReadOnlySpan<byte> input)
    {
        var project = new SourceProject();
        string name = FirstFile;
        while (input.Length > 0)
        {
            int end = FindMark(input);
            project._files.TryAdd(name, input[..end].ToArray());
            input = input[end..];
            if (input.Length > 0)
            {
                int line = input.IndexOf((byte)'\n');
                ReadOnlySpan<byte> mark = line < 0 ? input : input[..line];
                name = Encoding.Latin1.GetString(mark[3..]).Trim();
                input = input[mark.Length..];
            }
        }

        project._files.TryAdd(FirstFile, []);
        return project;
    }

    public MemorySourceProvider ToSources()
    {
        var sources = new MemorySourceProvider();
        foreach ((string name, byte[] text) in _files)
        {
            sources.Add(name, text);
        }

        return sources;
    }

    private static int FindMark(ReadOnlySpan<byte> input)
    {
        int found = input.IndexOf("\n//@"u8);
        return input.StartsWith("//@"u8) ? 0 : found < 0 ? input.Length : found + 1;
    }
}
