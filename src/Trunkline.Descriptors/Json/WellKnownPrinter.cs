using System.Text.Json;
using Trunkline.Descriptors.Text;

namespace Trunkline.Descriptors.Json;

/// <summary>Prints the types of <c>google/protobuf</c> that have a JSON form of their own.</summary>
internal sealed class WellKnownPrinter(Utf8JsonWriter writer, JsonPrinter printer, JsonPath path)
{
    public void Print(DynamicMessage message, WellKnownForm form)
    {
        switch (form)
        {
            case WellKnownForm.Any:
                PrintAny(message);
                break;
            case WellKnownForm.Timestamp:
                PrintTime(message, TimeText.PrintTimestamp, "timestamp is not between the years 1 and 9999, or its nanoseconds not between 0 and 999,999,999");
                break;
            case WellKnownForm.Duration:
                PrintTime(message, TimeText.PrintDuration, "duration is longer than 10,000 years, or its nanoseconds are a second or more or differ in sign");
                break;
            case WellKnownForm.FieldMask:
                PrintMask(message);
                break;
            case WellKnownForm.Struct:
                PrintStruct(message);
                break;
            case WellKnownForm.ListValue:
                PrintList(message);
                break;
            case WellKnownForm.Value:
                PrintValue(message);
                break;
            default:
                var content = message.Schema.FindField(1)!;
                printer.PrintValue(content, message.Get(content));
                break;
        }
    }

    private void PrintAny(DynamicMessage message)
    {
        writer.WriteStartObject();
        if (message.SetFields.Any())
        {
            if (!AnyContent.TryRead(message, out var url, out var content))
            {
                throw path.Fault($"the type \"{url}\" is not known, or the bytes are not one of it.");
            }

            writer.WriteString("@type", url);
            if (WellKnownForms.Of(content.Schema) == WellKnownForm.None)
            {
                printer.PrintFields(content);
            }
            else
            {
                writer.WritePropertyName("value");
                printer.Print(content);
            }
        }

        writer.WriteEndObject();
    }

    private void PrintTime(DynamicMessage message, Func<long, int, string?> print, string problem)
    {
        var seconds = message.Get(message.Schema.FindField(1)!).AsInt64();
        var nanos = message.Get(message.Schema.FindField(2)!).AsInt32();
        writer.WriteStringValue(print(seconds, nanos) ?? throw path.Fault($"the {problem}: {seconds} s, {nanos} ns."));
    }

    private void PrintMask(DynamicMessage message)
    {
        var paths = message.GetList(message.Schema.FindField(1)!)
            .Select(entry => entry.AsString())
            .Select(name => FieldNames.ToCamel(name) ?? throw path.Fault($"the path \"{name}\" would not come back from lowerCamelCase."));
        writer.WriteStringValue(string.Join(',', paths));
    }

    private void PrintStruct(DynamicMessage message)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in message.GetMap(message.Schema.FindField(1)!))
        {
            path.Enter(key.AsString());
            writer.WritePropertyName(key.AsString());
            printer.Print(value.AsMessage());
            path.Leave();
        }

        writer.WriteEndObject();
    }

    private void PrintList(DynamicMessage message)
    {
        var list = message.GetList(message.Schema.FindField(1)!);
        writer.WriteStartArray();
        for (var index = 0; index < list.Count; index++)
        {
            path.Enter(index);
            printer.Print(list[index].AsMessage());
            path.Leave();
        }

        writer.WriteEndArray();
    }

    private void PrintValue(DynamicMessage message)
    {
        var field = message.SetFields.FirstOrDefault() ?? throw path.Fault("a Value has none of its fields set.");
        var value = message.Get(field);
        switch (field.Number)
        {
            case 1:
                writer.WriteNullValue();
                break;
            case 2 when !double.IsFinite(value.AsDouble()):
                throw path.Fault("a Value holds a number that is not finite.");
            default:
                printer.PrintValue(field, value);
                break;
        }
    }
}
