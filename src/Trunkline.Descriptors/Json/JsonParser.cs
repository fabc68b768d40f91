using System.Text.Json;

namespace Trunkline.Descriptors.Json;

/// <summary>Reads JSON objects into messages, and the well-known types from their own forms.</summary>
internal sealed class JsonParser
{
    /// <summary>How deep objects and lists may lie in each other: a list in each message, as deep as the wire form is read.</summary>
    public const int MaximumJsonDepth = 200;

    private readonly MessageJsonOptions _options;
    private readonly JsonPath _path = new();
    private readonly WellKnownParser _wellKnown;

    public JsonParser(MessageJsonOptions options)
    {
        _options = options;
        _wellKnown = new WellKnownParser(this, _path);
    }

    public void Merge(DynamicMessage message, JsonElement element)
    {
        var form = WellKnownForms.Of(message.Schema);
        if (form != WellKnownForm.None)
        {
            _wellKnown.Merge(message, form, element);
            return;
        }

        MergeFields(message, element, ignored: null);
    }

    /// <summary>Reads the properties of an object as fields.</summary>
    /// <param name="message">Takes them.</param>
    /// <param name="element">The object.</param>
    /// <param name="ignored">A property that is no field, or null.</param>
    public void MergeFields(DynamicMessage message, JsonElement element, string? ignored)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw _path.Fault($"{message.Schema} wants an object, and this is {Describe(element)}.");
        }

        var seen = new HashSet<FieldSchema>();
        foreach (var property in element.EnumerateObject())
        {
            var name = NameOf(property);
            if (name == ignored)
            {
                continue;
            }

            _path.Enter(name);
            if (FindField(message.Schema, name) is { } field)
            {
                _ = seen.Add(field) ? true : throw _path.Fault("the field is there twice.");
                MergeField(message, field, property.Value);
            }
            else if (!_options.IgnoresUnknownNames)
            {
                throw _path.Fault($"{message.Schema} has no field of this name.");
            }

            _path.Leave();
        }
    }

    /// <summary>Reads one value of a field; null when it is of an enum and its name is one to pass over.</summary>
    public FieldValue? ReadValue(FieldSchema field, JsonElement element)
    {
        if (field.Message is { } type)
        {
            var message = new DynamicMessage(type);
            Merge(message, element);
            return message;
        }

        if (JsonScalars.Read(field, element) is { } value)
        {
            return value;
        }

        return field.Kind == FieldValueKind.Enum && element.ValueKind == JsonValueKind.String && _options.IgnoresUnknownNames
            ? null
            : throw _path.Fault($"{Describe(element)} is no value of {(field.Enum is { } names ? $"enum {names}" : $"type {field.Type}")}.");
    }

    public string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw _path.Fault("a name has half of a surrogate pair.");
        }
    }

    public static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        _ when element.GetRawText() is var text && text.Length > 40 => text[..40] + "...",
        _ => element.GetRawText(),
    };

    private static FieldSchema? FindField(MessageSchema schema, string name)
    {
        if (name.StartsWith('[') && name.EndsWith(']'))
        {
            return schema.Registry.FindExtension(name[1..^1]) is { } extension && extension.ContainingMessage == schema ? extension : null;
        }

        return schema.FindJsonField(name) ?? schema.FindField(name);
    }

    private void MergeField(DynamicMessage message, FieldSchema field, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Null && (field.IsRepeated || !WellKnownForms.TakesNull(field)))
        {
            return;
        }

        if (field.IsMap)
        {
            MergeMap(message, field, element);
        }
        else if (field.IsRepeated)
        {
            MergeList(message, field, element);
        }
        else
        {
            if (field.Oneof is { } oneof && message.FindSet(oneof) is { } other)
            {
                throw _path.Fault($"oneof {oneof} has {other.JsonName} already.");
            }

            if (ReadValue(field, element) is { } value)
            {
                message.SetUnchecked(field, value);
            }
        }
    }

    private void MergeList(DynamicMessage message, FieldSchema field, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw _path.Fault($"{field} wants a list, and this is {Describe(element)}.");
        }

        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            _path.Enter(index++);
            if (ReadValue(field, item) is { } value)
            {
                message.ListOf(field).Add(value);
            }

            _path.Leave();
        }
    }

    private void MergeMap(DynamicMessage message, FieldSchema field, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw _path.Fault($"{field} wants an object, and this is {Describe(element)}.");
        }

        var entries = message.MapOf(field);
        foreach (var property in element.EnumerateObject())
        {
            var name = NameOf(property);
            _path.Enter(name);
            var key = JsonScalars.ReadKey(field.Message!.MapKey, name) ?? throw _path.Fault($"\"{name}\" is no key of type {field.Message.MapKey.Type}.");
            _ = entries.ContainsKey(key) ? throw _path.Fault("the key is there twice.") : true;
            if (ReadValue(field.Message.MapValue, property.Value) is { } value)
            {
                entries.Put(key, value);
            }

            _path.Leave();
        }
    }
}
