using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Trunkline.Descriptors.Dynamic;

/// <summary>
/// The entries of a map field. As a dictionary it has one value per key, the last one; <see cref="All"/> keeps what was read, in its order and
/// with keys that came twice, because that is what protoc prints and encodes.
/// </summary>
internal sealed class MapEntries : IReadOnlyDictionary<FieldValue, FieldValue>
{
    private Dictionary<FieldValue, int>? _last;

    public List<KeyValuePair<FieldValue, FieldValue>> All { get; } = [];

    public IEnumerable<FieldValue> Keys => this.Select(entry => entry.Key);

    public IEnumerable<FieldValue> Values => this.Select(entry => entry.Value);

    public int Count => Index.Count;

    // Made on the first look-up: a message that is only read and written again needs none.
    private Dictionary<FieldValue, int> Index
    {
        get
        {
            if (_last is null)
            {
                _last = new Dictionary<FieldValue, int>(All.Count);
                for (var position = 0; position < All.Count; position++)
                {
                    _last[All[position].Key] = position;
                }
            }

            return _last;
        }
    }

    public FieldValue this[FieldValue key] => All[Index[key]].Value;

    /// <summary>Adds an entry as it was read, whether or not its key is there.</summary>
    public void Append(FieldValue key, FieldValue value)
    {
        All.Add(new(key, value));
        _last?[key] = All.Count - 1;
    }

    /// <summary>Sets the value of a key.</summary>
    public void Put(FieldValue key, FieldValue value)
    {
        if (Index.TryGetValue(key, out var position))
        {
            All[position] = new(key, value);
        }
        else
        {
            Append(key, value);
        }
    }

    public bool Remove(FieldValue key)
    {
        var removed = All.RemoveAll(entry => entry.Key == key) > 0;
        _last = removed ? null : _last;
        return removed;
    }

    public bool ContainsKey(FieldValue key) => Index.ContainsKey(key);

    public bool TryGetValue(FieldValue key, [MaybeNullWhen(false)] out FieldValue value)
    {
        var found = Index.TryGetValue(key, out var position);
        value = found ? All[position].Value : default;
        return found;
    }

    public IEnumerator<KeyValuePair<FieldValue, FieldValue>> GetEnumerator()
    {
        for (var position = 0; position < All.Count; position++)
        {
            if (Index[All[position].Key] == position)
            {
                yield return All[position];
            }
        }
    }

    /// <summary>All entries by key, those with the same key in the order in which they came.</summary>
    public IEnumerable<KeyValuePair<FieldValue, FieldValue>> Sorted() => All.OrderBy(entry => entry.Key, MapKeyOrder.Instance);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
