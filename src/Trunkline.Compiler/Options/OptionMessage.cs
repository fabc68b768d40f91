using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Options;

/// <summary>One value of an option field: a number's wire bits, a text's bytes, or a message (in a field of bytes: what an Any holds).</summary>
internal readonly record struct OptionValue(ulong Bits, byte[]? Bytes = null, OptionMessage? Message = null)
{
    public bool IsDefault => Bits == 0 && Message is null && Bytes is not { Length: > 0 };
}

/// <summary>What is set in one field of a message.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">One value, or those of a repeated field.</param>
/// <param name="Place">Where it was first set.</param>
internal sealed record OptionEntry(FieldSymbol Field, List<OptionValue> Values, SyntaxNode Place);

/// <summary>
/// A message built from options, typed only by its symbol. Writing it gives the one form that protoc settles on: fields by number, repeated numbers packed where
/// the declaration says so, values of the same message merged, and what equals its implicit default left out.
/// </summary>
internal sealed class OptionMessage(MessageSymbol type)
{
    // By number. A sorted list of references and not a sorted dictionary of numbers: most messages have a handful of fields, and the runtime brings the list's code along.
    private readonly List<OptionEntry> _fields = [];

    public MessageSymbol Type { get; } = type;

    /// <summary>Whether this is the value of one statement, which has to stay as it was written: what other statements add goes to a copy.</summary>
    public bool IsStatement { get; init; }

    /// <summary>What is set, by field number.</summary>
    public IEnumerable<OptionEntry> Entries => _fields;

    /// <summary>The message in a plain singular field of that name; null when it is not set.</summary>
    public OptionMessage? FindMessage(string name)
        => Type.FindField(name) is { } field ? Find(field)?.Values[0].Message : null;

    public bool Has(FieldSymbol field) => Find(field) is not null;

    public int Count(FieldSymbol field) => Find(field)?.Values.Count ?? 0;

    public FieldSymbol? FindOneofSibling(FieldSymbol field)
    {
        if (field.OneofIndex is null)
        {
            return null;
        }

        foreach (OptionEntry entry in _fields)
        {
            FieldSymbol other = entry.Field;
            if (!other.IsExtension && other.OneofIndex == field.OneofIndex && other != field)
            {
                return other;
            }
        }

        return null;
    }

    /// <summary>The required fields that are not set, as paths from here.</summary>
    public IEnumerable<string> FindMissing()
    {
        foreach (FieldSymbol field in Type.Fields)
        {
            if (field.IsRequired && !Has(field))
            {
                yield return field.Name;
            }
        }

        foreach (OptionEntry entry in Entries)
        {
            for (int i = 0; i < entry.Values.Count; i++)
            {
                string name = entry.Field.IsExtension ? $"({entry.Field.FullName})" : entry.Field.Name;
                string prefix = entry.Field.IsRepeated ? $"{name}[{i}]." : name + ".";
                foreach (string missing in entry.Values[i].Message?.FindMissing() ?? [])
                {
                    yield return prefix + missing;
                }
            }
        }
    }

    public void Add(FieldSymbol field, OptionValue value, SyntaxNode place)
    {
        int index = IndexOf(field.Number);
        if (index < 0)
        {
            index = ~index;
            _fields.Insert(index, new OptionEntry(field, [], place));
        }

        OptionEntry entry = _fields[index];
        if (entry.Field != field)
        {
            // Two fields of one number, which has been reported.
            return;
        }

        if (!field.IsRepeated)
        {
            entry.Values.Clear();
        }

        entry.Values.Add(value);
        if (FindOneofSibling(field) is { } sibling)
        {
            // Of a oneof set member by member the last one stays.
            _fields.RemoveAt(IndexOf(sibling.Number));
        }
    }

    /// <summary>The message in a singular field, made when it is not there yet.</summary>
    public OptionMessage Open(FieldSymbol field, SyntaxNode place)
    {
        if (Find(field)?.Values is [{ Message: { } present }, ..] values)
        {
            if (present.IsStatement)
            {
                present = present.Copy();
                values[0] = new OptionValue(0, null, present);
            }

            return present;
        }

        var created = new OptionMessage(field.MessageType!);
        Add(field, new OptionValue(0, null, created), place);
        return created;
    }

    private OptionMessage Copy()
    {
        var copy = new OptionMessage(Type);
        copy._fields.AddRange(_fields.Select(entry => entry with
        {
            Values = [.. entry.Values.Select(value => value with { Message = value.Message?.Copy() })],
        }));
        return copy;
    }

    private OptionEntry? Find(FieldSymbol field) => IndexOf(field.Number) is >= 0 and var index ? _fields[index] : null;

    /// <summary>Where the entry of a number is, or the complement of where it would be.</summary>
    private int IndexOf(int number)
    {
        int first = 0;
        int last = _fields.Count - 1;
        while (first <= last)
        {
            int middle = (first + last) / 2;
            int found = _fields[middle].Field.Number;
            if (found == number)
            {
                return middle;
            }

            (first, last) = found < number ? (middle + 1, last) : (first, middle - 1);
        }

        return ~first;
    }

    /// <summary>The message in wire form.</summary>
    /// <param name="withSourceOnly">Whether options that are for the compiler alone are in it, at any depth.</param>
    public byte[] ToByteArray(bool withSourceOnly)
    {
        var writer = new WireWriter();
        Write(writer, withSourceOnly);
        return writer.Written.ToArray();
    }

    /// <summary>One value behind a path of fields in wire form, whatever its default.</summary>
    public static byte[] ToByteArray(List<FieldSymbol> path, OptionValue value)
    {
        var writer = new WireWriter();
        WriteField(writer, path[^1], value, withSourceOnly: true);
        for (int i = path.Count - 2; i >= 0; i--)
        {
            WireWriter inner = writer;
            writer = new WireWriter();
            if (path[i].IsDelimited)
            {
                writer.WriteTag(path[i].Number, WireType.StartGroup);
                writer.WriteRaw(inner.Written);
                writer.WriteTag(path[i].Number, WireType.EndGroup);
            }
            else
            {
                writer.WriteTag(path[i].Number, WireType.LengthDelimited);
                writer.WriteBytes(inner.Written);
            }
        }

        return writer.Written.ToArray();
    }

    private void Write(WireWriter writer, bool withSourceOnly)
    {
        if (Type.IsMapEntry)
        {
            WriteMapEntry(writer, withSourceOnly);
            return;
        }

        foreach ((FieldSymbol field, List<OptionValue> values, _) in _fields)
        {
            if ((field.IsSourceOnly && !withSourceOnly) || (!field.IsRepeated && !field.HasPresence && values[0].IsDefault))
            {
                continue;
            }

            if (field.IsPacked)
            {
                WritePacked(writer, field, values);
            }
            else
            {
                values.ForEach(value => WriteField(writer, field, value, withSourceOnly));
            }
        }
    }

    /// <summary>An entry of a map always has both halves on the wire.</summary>
    private void WriteMapEntry(WireWriter writer, bool withSourceOnly)
    {
        foreach (FieldSymbol field in Type.Fields)
        {
            OptionEntry? entry = Find(field);
            OptionValue absent = field.Type == FieldType.Message ? new OptionValue(0, null, new OptionMessage(field.MessageType!)) : new OptionValue(0, []);
            WriteField(writer, field, entry?.Values[0] ?? absent, withSourceOnly);
        }
    }

    private static void WritePacked(WireWriter writer, FieldSymbol field, List<OptionValue> values)
    {
        var packed = new WireWriter();
        foreach (OptionValue value in values)
        {
            WriteNumber(packed, field.Type!.Value, value.Bits);
        }

        writer.WriteTag(field.Number, WireType.LengthDelimited);
        writer.WriteBytes(packed.Written);
    }

    private static void WriteField(WireWriter writer, FieldSymbol field, OptionValue value, bool withSourceOnly)
    {
        switch (field.Type)
        {
            case FieldType.String or FieldType.Bytes:
                writer.WriteTag(field.Number, WireType.LengthDelimited);
                writer.WriteBytes(value.Bytes ?? value.Message!.ToByteArray(withSourceOnly: true));
                break;
            case FieldType.Message when field is { IsExtension: true, ContainingType.IsMessageSet: true }:
                WriteSetItem(writer, field.Number, value.Message!.ToByteArray(withSourceOnly));
                break;
            case FieldType.Message or FieldType.Group when field.IsDelimited:
                // protoc does not look for options to leave out behind a field that is delimited.
                writer.WriteTag(field.Number, WireType.StartGroup);
                value.Message!.Write(writer, withSourceOnly: true);
                writer.WriteTag(field.Number, WireType.EndGroup);
                break;
            case FieldType.Message:
                writer.WriteTag(field.Number, WireType.LengthDelimited);
                writer.WriteBytes(value.Message!.ToByteArray(withSourceOnly));
                break;
            case { } type:
                writer.WriteTag(field.Number, WireTypeOf(type));
                WriteNumber(writer, type, value.Bits);
                break;
        }
    }

    /// <summary>What a message set holds stands as a group of the number and the message.</summary>
    private static void WriteSetItem(WireWriter writer, int number, ReadOnlySpan<byte> message)
    {
        writer.WriteTag(1, WireType.StartGroup);
        writer.WriteTag(2, WireType.Varint);
        writer.WriteVarint((ulong)number);
        writer.WriteTag(3, WireType.LengthDelimited);
        writer.WriteBytes(message);
        writer.WriteTag(1, WireType.EndGroup);
    }

    private static WireType WireTypeOf(FieldType type) => type switch
    {
        FieldType.Fixed32 or FieldType.SFixed32 or FieldType.Float => WireType.Fixed32,
        FieldType.Fixed64 or FieldType.SFixed64 or FieldType.Double => WireType.Fixed64,
        _ => WireType.Varint,
    };

    private static void WriteNumber(WireWriter writer, FieldType type, ulong bits)
    {
        switch (WireTypeOf(type))
        {
            case WireType.Fixed32:
                writer.WriteFixed32((uint)bits);
                break;
            case WireType.Fixed64:
                writer.WriteFixed64(bits);
                break;
            default:
                writer.WriteVarint(bits);
                break;
        }
    }
}
