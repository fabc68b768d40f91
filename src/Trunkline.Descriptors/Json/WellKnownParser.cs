using System.Text.Json;
using Trunkline.Descriptors.Text;

namespace Trunkline.Descriptors.Json;

/// <summary>Reads the types of <c>google/protobuf</c> that have a JSON form of their own.</summary>
internal sealed class WellKnownParser(JsonParser parser, JsonPath path)
{
    public void Merge(DynamicMessage message, WellKnownForm form, JsonElement element)
    {
        switch (form)
        {
            case WellKnownForm.Any:
                MergeAny(message, element);
                break;
            case WellKnownForm.Timestamp:
                var text = Text(element, "a timestamp such as \"2001-02-03T04:05:06.7Z\"");
                SetTime(message, TimeText.TryParseTimestamp(text, out var seconds, out var nanos), seconds, nanos, element);
                break;
            case WellKnownForm.Duration:
                text = Text(element, "a duration such as \"1.5s\"");
                SetTime(message, TimeText.TryParseDuration(text, out seconds, out nanos), seconds, nanos, element);
                break;
            case WellKnownForm.FieldMask:
                MergeMask(message, Text(element, "a field mask such as \"user.displayName,photo\""));
                break;
            case WellKnownForm.Struct:
                MergeStruct(message, element);
                break;
            case WellKnownForm.ListValue:
                MergeList(message, element);
                break;
            case WellKnownForm.Value:
                MergeValue(message, element);
                break;
            default:
                var content = message.Schema.FindField(1)!;
                message.SetUnchecked(content, parser.ReadValue(content, element)!.Value);
                break;
        }
    }

    private string Text(JsonElement element, string what)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String
                ? element.GetString()!
                : throw path.Fault($"this wants {what}, and is {JsonParser.Describe(element)}.");
        }
        catch (InvalidOperationException)
        {
            throw path.Fault("a text has half of a surrogate pair.");
        }
    }

    private void SetTime(DynamicMessage message, bool isRead, long seconds, int nanos, JsonElement element)
    {
        if (!isRead)
        {
            throw path.Fault($"{JsonParser.Describe(element)} is no {message.Schema.Name} in the right form and range.");
        }

        message.SetUnchecked(message.Schema.FindField(1)!, seconds);
        message.SetUnchecked(message.Schema.FindField(2)!, nanos);
    }

    private void MergeAny(DynamicMessage message, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw path.Fault($"{message.Schema} wants an object, and this is {JsonParser.Describe(element)}.");
        }

        if (!element.EnumerateObject().Any())
        {
            return;
        }

        var url = FindProperty(element, "@type") is { } named ? Text(named, "the URL of a type") : throw path.Fault("an Any needs the property \"@type\".");
        var type = AnyContent.FindType(message.Schema.Registry, url) ?? throw path.Fault($"the type \"{url}\" is not known.");
        var content = new DynamicMessage(type);
        if (WellKnownForms.Of(type) == WellKnownForm.None)
        {
            parser.MergeFields(content, element, ignored: "@type");
        }
        else
        {
            parser.Merge(content, FindProperty(element, "value") ?? throw path.Fault($"an Any of {type} needs the property \"value\"."));
        }

        message.SetUnchecked(message.Schema.FindField(1)!, url);
        message.SetUnchecked(message.Schema.FindField(2)!, FieldValue.OfBytes(content.ToByteArray()));
    }

    // Not TryGetProperty, which throws at a name with half of a surrogate pair on its way.
    private JsonElement? FindProperty(JsonElement element, string name)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (parser.NameOf(property) == name)
            {
                return property.Value;
            }
        }

        return null;
    }

    private void MergeMask(DynamicMessage message, string mask)
    {
        foreach (var name in mask.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            message.ListOf(message.Schema.FindField(1)!).Add(FieldNames.ToSnake(name) ?? throw path.Fault($"\"{name}\" is not in lowerCamelCase."));
        }
    }

    private void MergeStruct(DynamicMessage message, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw path.Fault($"{message.Schema} wants an object, and this is {JsonParser.Describe(element)}.");
        }

        var map = message.Schema.FindField(1)!;
        foreach (var property in element.EnumerateObject())
        {
            var name = parser.NameOf(property);
            path.Enter(name);
            message.MapOf(map).Put(name, parser.ReadValue(map.Message!.MapValue, property.Value)!.Value);
            path.Leave();
        }
    }

    private void MergeList(DynamicMessage message, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw path.Fault($"{message.Schema} wants a list, and this is {JsonParser.Describe(element)}.");
        }

        var list = message.Schema.FindField(1)!;
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            path.Enter(index++);
            message.ListOf(list).Add(parser.ReadValue(list, item)!.Value);
            path.Leave();
        }
    }

    private void MergeValue(DynamicMessage message, JsonElement element)
    {
        // The fields of a Value: null, number, text, truth value, struct, list.
        var field = message.Schema.FindField(element.ValueKind switch
        {
            JsonValueKind.Null => 1,
            JsonValueKind.Number => 2,
            JsonValueKind.String => 3,
            JsonValueKind.True or JsonValueKind.False => 4,
            JsonValueKind.Object => 5,
            _ => 6,
        })!;
        message.SetUnchecked(field, field.Number == 1 ? FieldValue.OfEnum(0) : parser.ReadValue(field, element)!.Value);
    }
}
