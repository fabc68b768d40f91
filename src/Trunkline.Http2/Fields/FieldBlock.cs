using Trunkline.Http2.Fields;

namespace Trunkline.Http2;

/// <summary>A received and validated field section, lent until the callback that shows it returns. Walking it allocates nothing.</summary>
public readonly ref struct FieldBlock
{
    private readonly FieldBuffer _buffer;

    internal FieldBlock(FieldBuffer buffer) => _buffer = buffer;

    /// <summary>The number of fields.</summary>
    public int Count => _buffer.Count;

    /// <summary>A field by position; pseudo fields come first.</summary>
    /// <param name="index">0 up to <see cref="Count"/>, exclusive.</param>
    public Field this[int index] => _buffer[index];

    /// <summary>Finds the first field of a name.</summary>
    /// <param name="name">The name's token; <see cref="FieldName.Other"/> names no field and is never found.</param>
    /// <param name="value">The value, lent like the block; empty where there is none.</param>
    public bool TryGetValue(FieldName name, out ReadOnlySpan<byte> value)
    {
        foreach (Field field in this)
        {
            if (field.Known == name && name != FieldName.Other)
            {
                value = field.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Walks the fields in order.</summary>
    public Enumerator GetEnumerator() => new(_buffer);

    /// <summary>Walks the fields of a block.</summary>
    public ref struct Enumerator
    {
        private readonly FieldBuffer _buffer;
        private int _index;

        internal Enumerator(FieldBuffer buffer)
        {
            _buffer = buffer;
            _index = -1;
        }

        /// <summary>The field at hand.</summary>
        public readonly Field Current => _buffer[_index];

        /// <summary>Steps to the next field; false behind the last.</summary>
        public bool MoveNext() => ++_index < _buffer.Count;
    }
}
