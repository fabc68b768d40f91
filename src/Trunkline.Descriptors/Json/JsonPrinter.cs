using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Trunkline.Descriptors.Dynamic;

namespace Trunkline.Descriptors.Json;

/// <summary>Prints messages as JSON objects, and the well-known types in their own forms.</summary>
internal sealed class JsonPrinter
{
    private readonly Utf8JsonWriter _writer;
    private readonly MessageJsonOptions _options;
    private readonly JsonPath _path = new();
    private readonly WellKnownPrinter _wellKnown;
    private int _depth;

    public JsonPrinter(Utf8JsonWriter writer, MessageJsonOptions options)
    {
        _writer = writer;
        _options = options;
        _wellKnown = new WellKnownPrinter(writer, this, _path);
    }

    // Text stays readable; what JSON itself requires is escaped. A list inside each message makes twice the depth of messages, and one more.
    public static JsonWriterOptions WriterOptions(MessageJsonOptions options) => new()
    {
        Indented = options.Indented,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = (2 * MessageEncoder.MaximumDepth) + 1,
    };

    public void Print(DynamicMessage message)
    {
        MessageEncoder.CheckDepth(message, ++_depth);
        var form = WellKnownForms.Of(message.Schema);
        if (form != WellKnownForm.None)
        {
            _wellKnown.Print(message, form);
        }
        else
        {
            _writer.WriteStartObject();
            PrintFields(message);
            _writer.WriteEndObject();
        }

        _depth--;
    }

    /// <summary>Prints the fields as properties of the object that is open.</summary>
    public void PrintFields(DynamicMessage message)
    {
        if (_options.IncludesDefaults)
        {
            foreach (var field in message.Schema.Fields)
            {
                PrintDefault(message, field);
            }
        }

        foreach (ref readonly var entry in message.Entries)
        {
            if (entry.Count > 0)
            {
                PrintField(entry);
            }
        }
    }

    public void PrintValue(FieldSchema field, FieldValue value)
    {
        switch (value.Kind)
        {
            case FieldValueKind.Message:
                Print(value.AsMessage());
                break;
            case FieldValueKind.Int32:
                _writer.WriteNumberValue(value.AsInt32());
                break;
            case FieldValueKind.UInt32:
                _writer.WriteNumberValue(value.AsUInt32());
                break;
            case FieldValueKind.Float:
                PrintFloat(value.AsFloat());
                break;
            case FieldValueKind.Double:
                PrintDouble(value.AsDouble());
                break;
            case FieldValueKind.Bool:
                _writer.WriteBooleanValue(value.AsBool());
                break;
            case FieldValueKind.String:
                _writer.WriteStringValue(Checked(value));
                break;
            case FieldValueKind.Bytes:
                _writer.WriteBase64StringValue(value.RawBytes);
                break;
            case FieldValueKind.Enum:
                PrintEnum(field, value.AsEnum());
                break;
            default:
                // A number of 64 bits is text: readers of JSON keep 53.
                _writer.WriteStringValue(value.ToString());
                break;
        }
    }

    private string NameOf(FieldSchema field) => field.IsExtension ? $"[{field.FullName}]" : _options.UsesProtoNames ? field.Name : field.JsonName;

    private void PrintDefault(DynamicMessage message, FieldSchema field)
    {
        if (message.Has(field) || field.HasPresence)
        {
            return;
        }

        _writer.WritePropertyName(NameOf(field));
        if (field.IsMap)
        {
            _writer.WriteStartObject();
            _writer.WriteEndObject();
        }
        else if (field.IsRepeated)
        {
            _writer.WriteStartArray();
            _writer.WriteEndArray();
        }
        else
        {
            PrintValue(field, field.DefaultValue);
        }
    }

    private void PrintField(FieldEntry entry)
    {
        _path.Enter(NameOf(entry.Field));
        _writer.WritePropertyName(NameOf(entry.Field));
        if (entry.Map is { } map)
        {
            PrintMap(entry.Field, map);
        }
        else if (entry.List is { } list)
        {
            PrintList(entry.Field, list);
        }
        else
        {
            PrintValue(entry.Field, entry.Single);
        }

        _path.Leave();
    }

    private void PrintList(FieldSchema field, List<FieldValue> list)
    {
        _writer.WriteStartArray();
        for (var index = 0; index < list.Count; index++)
        {
            _path.Enter(index);
            PrintValue(field, list[index]);
            _path.Leave();
        }

        _writer.WriteEndArray();
    }

    private void PrintMap(FieldSchema field, MapEntries map)
    {
        _writer.WriteStartObject();
        foreach (var (key, value) in map.OrderBy(entry => entry.Key, MapKeyOrder.Instance))
        {
            var name = key.Kind == FieldValueKind.String ? System.Text.Encoding.UTF8.GetString(Checked(key)) : key.ToString();
            _path.Enter(name);
            _writer.WritePropertyName(name);
            PrintValue(field.Message!.MapValue, value);
            _path.Leave();
        }

        _writer.WriteEndObject();
    }

    private void PrintFloat(float value)
    {
        if (float.IsFinite(value))
        {
            _writer.WriteNumberValue(value);
        }
        else
        {
            PrintNotFinite(value);
        }
    }

    private void PrintDouble(double value)
    {
        if (double.IsFinite(value))
        {
            _writer.WriteNumberValue(value);
        }
        else
        {
            PrintNotFinite(value);
        }
    }

    private void PrintNotFinite(double value) => _writer.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");

    private void PrintEnum(FieldSchema field, int number)
    {
        if (WellKnownForms.IsNullEnum(field))
        {
            _writer.WriteNullValue();
        }
        else if (!_options.PrintsEnumsAsNumbers && field.Enum!.FindName(number) is { } name)
        {
            _writer.WriteStringValue(name);
        }
        else
        {
            _writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private ReadOnlySpan<byte> Checked(FieldValue text)
        => Utf8.IsValid(text.RawBytes) ? text.RawBytes : throw _path.Fault("the text is not UTF-8 and has no JSON form.");
}
