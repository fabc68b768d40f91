using System.Collections.Concurrent;
using System.Reflection;

namespace Trunkline.Compiler.WellKnown;

/// <summary>The files under <c>google/protobuf/</c> that every compiler brings along, embedded as source text.</summary>
internal static class WellKnownFiles
{
    private const string Prefix = "google/protobuf/";

    private static readonly HashSet<string> Names = new(typeof(WellKnownFiles).Assembly.GetManifestResourceNames(), StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, byte[]> Loaded = new(StringComparer.Ordinal);

    public static IEnumerable<string> All => Names.Where(Contains);

    public static bool Contains(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) && Names.Contains(name);

    public static bool TryOpen(string name, out ReadOnlyMemory<byte> text)
    {
        text = default;
        if (!Contains(name))
        {
            return false;
        }

        text = Loaded.GetOrAdd(name, Load);
        return true;
    }

    private static byte[] Load(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        byte[] text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }
}
