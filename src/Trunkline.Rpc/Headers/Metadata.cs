using System.Collections;
using System.Text;
using Trunkline.Rpc;
using Trunkline.Rpc.Headers;

namespace Trunkline;

/// <summary>
/// An ordered list of names and values that travels with a call: headers before the messages, trailers behind them. Names are lower case; a name
/// may come several times. What a call has received is read-only. Not safe for several threads that change it at once.
/// </summary>
public sealed class Metadata : IList<Metadata.Entry>
{
    /// <summary>Names with this ending carry bytes, others text.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>An empty list that cannot be changed.</summary>
    public static readonly Metadata Empty = new Metadata().Freeze();

    private readonly List<Entry> _entries = [];

    /// <summary>The number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>True for <see cref="Empty"/> and for what a call has received.</summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>An entry by position.</summary>
    /// <param name="index">The position.</param>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public Entry this[int index]
    {
        get => _entries[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            CheckWritable();
            _entries[index] = value;
        }
    }

    /// <summary>The last entry of a name, or null.</summary>
    /// <param name="key">The name; its case does not matter.</param>
    public Entry? Get(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        for (int i = _entries.Count - 1; i >= 0; i--)
        {
            if (string.Equals(_entries[i].Key, key, StringComparison.OrdinalIgnoreCase))
            {
                return _entries[i];
            }
        }

        return null;
    }

    /// <summary>The text of the last entry of a name, or null.</summary>
    /// <param name="key">The name; its case does not matter.</param>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>The bytes of the last entry of a name, or null.</summary>
    /// <param name="key">The name; its case does not matter.</param>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>All entries of a name, in order.</summary>
    /// <param name="key">The name; its case does not matter.</param>
    public IEnumerable<Entry> GetAll(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _entries.Where(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    public int IndexOf(Entry item) => _entries.IndexOf(item);

    /// <inheritdoc/>
    public void Insert(int index, Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        CheckWritable();
        _entries.Insert(index, item);
    }

    /// <inheritdoc/>
    public void RemoveAt(int index)
    {
        CheckWritable();
        _entries.RemoveAt(index);
    }

    /// <summary>Appends an entry.</summary>
    /// <param name="item">The entry.</param>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Add(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        CheckWritable();
        _entries.Add(item);
    }

    /// <summary>Appends text.</summary>
    /// <param name="key">The name, without the ending <c>-bin</c>.</param>
    /// <param name="value">The value, printable ASCII.</param>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Appends bytes.</summary>
    /// <param name="key">The name, which ends in <c>-bin</c>.</param>
    /// <param name="valueBytes">The value.</param>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <inheritdoc/>
    public void Clear()
    {
        CheckWritable();
        _entries.Clear();
    }

    /// <inheritdoc/>
    public bool Contains(Entry item) => _entries.Contains(item);

    /// <inheritdoc/>
    public void CopyTo(Entry[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public bool Remove(Entry item)
    {
        CheckWritable();
        return _entries.Remove(item);
    }

    /// <inheritdoc/>
    public IEnumerator<Entry> GetEnumerator() => _entries.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _entries);

    /// <summary>Makes the list read-only, for good.</summary>
    internal Metadata Freeze()
    {
        IsReadOnly = true;
        return this;
    }

    private void CheckWritable()
    {
        if (IsReadOnly)
        {
            throw ThrowHelper.MetadataIsReadOnly();
        }
    }

    /// <summary>A name with its value: text, or bytes where the name ends in <c>-bin</c>. Immutable.</summary>
    public sealed class Entry
    {
        private readonly string? _value;
        private readonly byte[]? _valueBytes;

        /// <summary>Makes an entry with bytes.</summary>
        /// <param name="key">The name, which ends in <c>-bin</c>; letters become lower case.</param>
        /// <param name="valueBytes">The value; copied.</param>
        /// <exception cref="ArgumentException">The name has characters other than letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, or not that ending.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = MetadataNames.Normalize(key);
            if (!MetadataNames.IsBinary(Key))
            {
                throw new ArgumentException($"The name of binary metadata ends in \"{BinaryHeaderSuffix}\"; \"{Key}\" does not.", nameof(key));
            }

            _valueBytes = valueBytes.AsSpan().ToArray();
        }

        /// <summary>Makes an entry with text.</summary>
        /// <param name="key">The name, which does not end in <c>-bin</c>; letters become lower case.</param>
        /// <param name="value">The value, printable ASCII.</param>
        /// <exception cref="ArgumentException">The name or the value has characters that metadata cannot carry, or the name has that ending.</exception>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = MetadataNames.Normalize(key);
            if (MetadataNames.IsBinary(Key))
            {
                throw new ArgumentException($"Metadata named \"{Key}\" carries bytes; give a byte array.", nameof(key));
            }

            MetadataNames.CheckText(Key, value);
            _value = value;
        }

        private Entry(string key, string? value, byte[]? valueBytes)
        {
            Key = key;
            _value = value;
            _valueBytes = valueBytes;
        }

        /// <summary>The name, lower case.</summary>
        public string Key { get; }

        /// <summary>The value as text.</summary>
        /// <exception cref="InvalidOperationException">The entry carries bytes.</exception>
        public string Value => _value ?? throw ThrowHelper.MetadataIsBinary(Key);

        /// <summary>A copy of the value's bytes; for text its ASCII bytes.</summary>
        public byte[] ValueBytes => _valueBytes?.AsSpan().ToArray() ?? Encoding.UTF8.GetBytes(_value!);

        /// <summary>True when the entry carries bytes.</summary>
        public bool IsBinary => _valueBytes is not null;

        /// <summary>The bytes themselves, for writing.</summary>
        internal ReadOnlySpan<byte> RawBytes => _valueBytes;

        /// <inheritdoc/>
        public override string ToString() =>
            IsBinary ? $"[Entry: key={Key}, valueBytes={Convert.ToHexStringLower(_valueBytes!)}]" : $"[Entry: key={Key}, value={_value}]";

        /// <summary>An entry as it was received: checked by HTTP/2 already, so any value that HTTP allows is kept.</summary>
        internal static Entry ReceivedText(string key, string value) => new(key, value, valueBytes: null);

        /// <summary>An entry as it was received; takes the array over.</summary>
        internal static Entry ReceivedBytes(string key, byte[] value) => new(key, value: null, value);
    }
}
