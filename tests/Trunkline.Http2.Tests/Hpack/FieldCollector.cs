using System.Text;
using Trunkline.Http2.Hpack;

namespace Trunkline.Http2.Tests.Hpack;

/// <summary>Keeps what a decoder shows, in a form that compares.</summary>
internal sealed class FieldCollector : IFieldSink
{
    public List<(string Name, string Value)> Fields { get; } = [];

    public List<FieldName> Known { get; } = [];

    public List<HpackEntry> Entries { get; } = [];

    public int NeverIndexed { get; private set; }

    public void OnEntry(HpackEntry entry, bool isStatic)
    {
        Entries.Add(entry);
        Add(entry.Known, entry.Name, entry.Value);
    }

    public void OnLiteral(FieldName known, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool neverIndexed)
    {
        NeverIndexed += neverIndexed ? 1 : 0;
        Add(known, name, value);
    }

    private void Add(FieldName known, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Known.Add(known);
        Fields.Add((Encoding.Latin1.GetString(name), Encoding.Latin1.GetString(value)));
    }
}
