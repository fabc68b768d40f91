using System.Buffers;
using Trunkline.Descriptors.Dynamic;

namespace Trunkline.Descriptors;

/// <summary>
/// A message of a type known only at run time. Fields are reached by their <see cref="FieldSchema"/>, extensions the same way. What the schema
/// does not know is kept in <see cref="UnknownFields"/> and written again. Not safe for use by several threads while one of them writes.
/// </summary>
public sealed class DynamicMessage
{
    // Sorted by field number, which is the order of the wire form and of the text form. Fields arrive mostly in that order.
    private FieldEntry[] _entries = [];
    private int _count;
    private WireWriter? _unknown;

    /// <summary>Makes an empty message.</summary>
    public DynamicMessage(MessageSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
    }

    /// <summary>The type.</summary>
    public MessageSchema Schema { get; }

    /// <summary>The fields and extensions that are set, by number.</summary>
    public IEnumerable<FieldSchema> SetFields
    {
        get
        {
            for (var index = 0; index < _count; index++)
            {
                yield return _entries[index].Field;
            }
        }
    }

    /// <summary>Fields outside the schema, and numbers outside closed enums, in wire form and in the order they were read.</summary>
    /// <exception cref="DescriptorFormatException">What is set is not a row of fields.</exception>
    public ReadOnlyMemory<byte> UnknownFields
    {
        get => _unknown is null ? default : _unknown.WrittenMemory;
        set
        {
            var reader = new WireReader(value.Span);
            while (reader.TryReadTag(out var tag))
            {
                reader.Skip(tag);
            }

            _unknown = null;
            AddUnknown(value.Span);
        }
    }

    internal ReadOnlySpan<FieldEntry> Entries => _entries.AsSpan(0, _count);

    /// <summary>Reads a message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static DynamicMessage Read(MessageSchema schema, ReadOnlySpan<byte> bytes)
    {
        var message = new DynamicMessage(schema);
        message.MergeFrom(bytes);
        return message;
    }

    /// <summary>Reads fields on top of what this message holds: lists and maps grow, single values are replaced, nested messages merge.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken; the message may be half read.</exception>
    public void MergeFrom(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        MessageDecoder.Merge(this, ref reader);
    }

    /// <summary>Writes the message, without a length in front: fields by number, then the unknown ones.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="deterministic">Whether maps are written by key; otherwise in the order in which their entries came.</param>
    /// <exception cref="InvalidOperationException">Messages lie more than 1,000 deep in each other, or inside themselves.</exception>
    public void Write(IBufferWriter<byte> output, bool deterministic = false)
    {
        var writer = new WireWriter();
        new MessageEncoder(writer, deterministic).Write(this);
        writer.CopyTo(output);
    }

    /// <summary>The message in wire form, see <see cref="Write"/>.</summary>
    public byte[] ToByteArray(bool deterministic = false)
    {
        var writer = new WireWriter();
        new MessageEncoder(writer, deterministic).Write(this);
        return writer.Written.ToArray();
    }

    /// <summary>Whether the field is set; a list or map is when it has an element.</summary>
    public bool Has(FieldSchema field)
    {
        Check(field);
        return IndexOf(field.Number) is >= 0 and var index && _entries[index].Count > 0;
    }

    /// <summary>
    /// The single value of a field, or its default. A message that is not set comes as a new empty one, which is not part of this message: see
    /// <see cref="Open"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The field holds a list or a map.</exception>
    public FieldValue Get(FieldSchema field)
    {
        Check(field);
        CheckShape(field, isRight: !field.IsRepeated);
        return IndexOf(field.Number) is >= 0 and var index
            ? _entries[index].Single
            : field.Message is { } type ? new DynamicMessage(type) : field.DefaultValue;
    }

    /// <summary>Sets the single value of a field, and clears the other fields of its oneof. Without presence, a zero clears the field.</summary>
    /// <exception cref="ArgumentException">The value does not fit the field, or the field is one of another message.</exception>
    /// <exception cref="InvalidOperationException">The field holds a list or a map.</exception>
    public void Set(FieldSchema field, FieldValue value)
    {
        Check(field);
        CheckShape(field, isRight: !field.IsRepeated);
        CheckValue(field, value);
        SetUnchecked(field, value);
    }

    /// <summary>The message in a field, put there when it is not set.</summary>
    /// <exception cref="InvalidOperationException">The field does not hold a single message.</exception>
    public DynamicMessage Open(FieldSchema field)
    {
        Check(field);
        CheckShape(field, isRight: !field.IsRepeated && field.Kind == FieldValueKind.Message);
        return OpenUnchecked(field);
    }

    /// <summary>The elements of a list.</summary>
    /// <exception cref="InvalidOperationException">The field does not hold a list.</exception>
    public IReadOnlyList<FieldValue> GetList(FieldSchema field)
    {
        Check(field);
        CheckShape(field, isRight: field.IsRepeated && !field.IsMap);
        return IndexOf(field.Number) is >= 0 and var index ? _entries[index].List! : [];
    }

    /// <summary>Adds an element to a list.</summary>
    /// <exception cref="ArgumentException">The value does not fit the field, or the field is one of another message.</exception>
    /// <exception cref="InvalidOperationException">The field does not hold a list.</exception>
    public void Add(FieldSchema field, FieldValue value)
    {
        Check(field);
        CheckShape(field, isRight: field.IsRepeated && !field.IsMap);
        CheckValue(field, value);
        ListOf(field).Add(value);
    }

    /// <summary>The entries of a map; of a key that was read twice, the last.</summary>
    /// <exception cref="InvalidOperationException">The field does not hold a map.</exception>
    public IReadOnlyDictionary<FieldValue, FieldValue> GetMap(FieldSchema field)
    {
        Check(field);
        CheckShape(field, isRight: field.IsMap);
        return IndexOf(field.Number) is >= 0 and var index ? _entries[index].Map! : new MapEntries();
    }

    /// <summary>Sets the value of a key of a map.</summary>
    /// <exception cref="ArgumentException">Key or value does not fit the field, or the field is one of another message.</exception>
    /// <exception cref="InvalidOperationException">The field does not hold a map.</exception>
    public void Put(FieldSchema field, FieldValue key, FieldValue value)
    {
        Check(field);
        CheckShape(field, isRight: field.IsMap);
        CheckValue(field.Message!.MapKey, key);
        CheckValue(field.Message.MapValue, value);
        MapOf(field).Put(key, value);
    }

    /// <summary>Takes a key out of a map.</summary>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="InvalidOperationException">The field does not hold a map.</exception>
    public bool Remove(FieldSchema field, FieldValue key)
    {
        Check(field);
        CheckShape(field, isRight: field.IsMap);
        return IndexOf(field.Number) is >= 0 and var index && _entries[index].Map!.Remove(key);
    }

    /// <summary>Makes the field one that is not set, empty when it is a list or a map.</summary>
    public void Clear(FieldSchema field)
    {
        Check(field);
        ClearUnchecked(field.Number);
    }

    /// <summary>Makes the message empty.</summary>
    public void Clear()
    {
        _entries = [];
        _count = 0;
        _unknown = null;
    }

    /// <summary>The field of the oneof that is set, or null.</summary>
    public FieldSchema? FindSet(OneofSchema oneof)
    {
        ArgumentNullException.ThrowIfNull(oneof);
        foreach (var field in oneof.Fields)
        {
            if (Has(field))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>The required fields that are missing here and in nested messages, as paths such as <c>route.stops[2].name</c>.</summary>
    public IReadOnlyList<string> FindMissingFields() => MissingFields.Of(this);

    /// <summary>The fields, here and in nested messages, whose text must be UTF-8 and is not; readers of the wire form refuse such a message.</summary>
    public IReadOnlyList<FieldSchema> FindInvalidTexts() => InvalidTexts.Of(this);

    /// <summary>The message in text form.</summary>
    public override string ToString() => TextFormat.Print(this);

    internal void SetUnchecked(FieldSchema field, FieldValue value)
    {
        if (!field.HasPresence && value.IsZero)
        {
            ClearUnchecked(field.Number);
            return;
        }

        if (field.Oneof is { } oneof)
        {
            foreach (var other in oneof.Fields)
            {
                if (other != field)
                {
                    ClearUnchecked(other.Number);
                }
            }
        }

        EntryOf(field).Single = value;
    }

    internal DynamicMessage OpenUnchecked(FieldSchema field)
    {
        if (IndexOf(field.Number) is >= 0 and var index)
        {
            return _entries[index].Single.AsMessage();
        }

        var opened = new DynamicMessage(field.Message!);
        SetUnchecked(field, opened);
        return opened;
    }

    internal List<FieldValue> ListOf(FieldSchema field) => EntryOf(field).List ??= [];

    internal MapEntries MapOf(FieldSchema field) => EntryOf(field).Map ??= new MapEntries();

    internal void AddUnknown(ReadOnlySpan<byte> field)
    {
        if (!field.IsEmpty)
        {
            (_unknown ??= new WireWriter(field.Length)).WriteRaw(field);
        }
    }

    private static void CheckValue(FieldSchema field, FieldValue value)
    {
        if (value.Kind != field.Kind)
        {
            throw new ArgumentException($"{field} takes {field.Kind}, not {value.Kind}.", nameof(value));
        }

        if (field.Message is { } type && value.AsMessage().Schema != type)
        {
            throw new ArgumentException($"{field} takes a message of type {type}, not {value.AsMessage().Schema}.", nameof(value));
        }
    }

    private static void CheckShape(FieldSchema field, bool isRight)
    {
        if (!isRight)
        {
            var shape = field.IsMap ? "a map" : field.IsRepeated ? "a list" : $"a single {field.Kind}";
            throw new InvalidOperationException($"{field} holds {shape}: use the members for that.");
        }
    }

    private void Check(FieldSchema field)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (field.ContainingMessage != Schema)
        {
            throw new ArgumentException($"{field} is a field of {field.ContainingMessage}, not of {Schema}.", nameof(field));
        }
    }

    private ref FieldEntry EntryOf(FieldSchema field)
    {
        var index = IndexOf(field.Number);
        if (index < 0)
        {
            index = ~index;
            if (_count == _entries.Length)
            {
                Array.Resize(ref _entries, Math.Max(4, _count * 2));
            }

            Array.Copy(_entries, index, _entries, index + 1, _count - index);
            _entries[index] = new FieldEntry(field);
            _count++;
        }

        return ref _entries[index];
    }

    private void ClearUnchecked(int number)
    {
        var index = IndexOf(number);
        if (index >= 0)
        {
            _count--;
            Array.Copy(_entries, index + 1, _entries, index, _count - index);
            _entries[_count] = default;
        }
    }

    /// <summary>The place of a number, or the complement of the place where it belongs.</summary>
    private int IndexOf(int number)
    {
        // The field that is being read is nearly always the last one, or comes after it.
        if (_count == 0 || _entries[_count - 1].Field.Number < number)
        {
            return ~_count;
        }

        int low = 0, high = _count - 1;
        if (_entries[high].Field.Number == number)
        {
            return high;
        }

        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = _entries[middle].Field.Number;
            if (found == number)
            {
                return middle;
            }

            (low, high) = found < number ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
