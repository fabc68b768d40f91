using System.Text;
using System.Text.Json;
using Trunkline.Descriptors.Json;

namespace Trunkline.Descriptors;

/// <summary>
/// The JSON form of messages: the mapping that all implementations share, the types of <c>google/protobuf</c> with a form of their own included.
/// Unknown fields have no JSON form and are left out.
/// </summary>
public static class MessageJson
{
    private static readonly MessageJsonOptions Defaults = new();

    /// <summary>The message as JSON.</summary>
    /// <exception cref="MessageJsonException">A value has no JSON form: text that is not UTF-8, a time out of range, an Any of an unknown type.</exception>
    /// <exception cref="InvalidOperationException">Messages lie more than 1,000 deep in each other, or inside themselves.</exception>
    public static string Print(DynamicMessage message, MessageJsonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        options ??= Defaults;
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, JsonPrinter.WriterOptions(options)))
        {
            new JsonPrinter(writer, options).Print(message);
        }

        return Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length);
    }

    /// <summary>Reads a message from JSON.</summary>
    /// <exception cref="MessageJsonException">The text is no JSON, or not that of a message of this type.</exception>
    public static DynamicMessage Parse(MessageSchema schema, string json, MessageJsonOptions? options = null)
    {
        var message = new DynamicMessage(schema);
        using var document = Open(json);
        new JsonParser(options ?? Defaults).Merge(message, document.RootElement);
        return message;
    }

    private static JsonDocument Open(string json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonParser.MaximumJsonDepth });
        }
        catch (JsonException exception)
        {
            throw new MessageJsonException("$", $"this is no JSON: {exception.Message}");
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair cannot be turned into the bytes that the reader works on.
            throw new MessageJsonException("$", "this is no JSON: the text has half of a surrogate pair.");
        }
    }
}
