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
