using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Trunkline.Agreement.CSharp.Sets;
using Trunkline.Descriptors;

namespace Trunkline.Agreement.CSharp.Data;

/// <summary>
/// Says what reflection and JSON of generated code have to be by the schema: for files of editions, where the runtime is wrong with protoc's own code, the only judge.
/// </summary>
internal static class SpecJudge
{
    /// <summary>What the code says about a type that the schema says otherwise.</summary>
    public static IEnumerable<(string Aspect, string Difference)> JudgeFacts(MessageSchema schema, MessageDescriptor type)
    {
        // The runtime's own types may be older than our declarations of them.
        foreach (FieldSchema field in schema.Fields.Where(_ => FileSet.IsGenerated(schema.File)))
        {
            // The runtime takes an empty name for none.
            string wanted = Facts(field, field.JsonName), given = type.FindFieldByNumber(field.Number) is { } described ? Facts(described, field, field.JsonName.Length == 0 ? "" : described.JsonName) : "no such field";
            if (wanted != given)
            {
                yield return ($"facts of {field.Name}", $"ours: {given}; schema: {wanted}");
            }
        }
    }

    /// <summary>What is wrong with the JSON and the completeness of a message; null when nothing is.</summary>
    public static (string Aspect, string Difference)? JudgeMessage(DynamicMessage message, Observation seen)
    {
        string wanted = Json(message), given = seen.Find("JSON")!;

        // The runtime refuses an Any that is empty, and one whose type it was not told of; to the specification the former is {}.
        if (!given.Contains("Type registry has no descriptor", StringComparison.Ordinal) && !Same(wanted, given))
        {
            return ("JSON by the specification", $"\n    ours: {given}\n    spec: {wanted}");
        }

        string isComplete = message.FindMissingFields().Count == 0 ? "True" : "False";
        return seen.Find("initialized") == isComplete ? null : ("completeness by the specification", $"ours: {seen.Find("initialized")}, spec: {isComplete}");
    }

    private static string Facts(FieldSchema field, string jsonName)
        => $"presence {field.HasPresence}, required {field.IsRequired}, repeated {field.IsRepeated}, map {field.IsMap}, packed {field.IsPacked}, JSON {jsonName}, oneof {field.Oneof?.Name}";

    // The runtime calls everything packed that proto3 does not say otherwise about, texts too.
    private static string Facts(FieldDescriptor field, FieldSchema schema, string jsonName)
        => $"presence {field.HasPresence}, required {field.IsRequired}, repeated {field.IsRepeated}, map {field.IsMap}, packed {field.IsPacked && IsPackable(schema)}, "
            + $"JSON {jsonName}, oneof {field.RealContainingOneof?.Name}";

    private static bool IsPackable(FieldSchema field)
        => field.IsRepeated && field.Kind is not (FieldValueKind.String or FieldValueKind.Bytes or FieldValueKind.Message);

    private static string Json(DynamicMessage message)
    {
        try
        {
            return MessageJson.Print(message);
        }
        catch (MessageJsonException exception)
        {
            return exception.Message;
        }
    }

    private static bool Same(string wanted, string given)
    {
        // Either both have a form, or neither: the words about it are each one's own.
        bool hasForm = wanted is ['{' or '[' or '"' or >= '0' and <= '9' or '-' or 't' or 'f' or 'n', ..] && !wanted.StartsWith('$');
        JsonNode? left = hasForm ? JsonNode.Parse(wanted) : null;
        JsonNode? right = TryParse(given);
        return hasForm ? right is not null && Same(left, right) : right is null;
    }

    private static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            // An exception of the runtime's in words.
            return null;
        }
    }

    private static bool Same(JsonNode? left, JsonNode? right) => (left, right) switch
    {
        (null, null) => true,

        // The runtime prints no extensions.
        (JsonObject mine, JsonObject other) => mine.Where(member => !member.Key.StartsWith('[')).ToArray() is var members
            && members.Length == other.Count && Array.TrueForAll(members, member => other.ContainsKey(member.Key) && Same(member.Value, other[member.Key])),
        (JsonArray mine, JsonArray other) => mine.Count == other.Count && mine.Zip(other).All(pair => Same(pair.First, pair.Second)),
        (JsonValue mine, JsonValue other) => mine.ToJsonString() == other.ToJsonString()
            || (mine.GetValueKind() == System.Text.Json.JsonValueKind.Number && other.GetValueKind() == System.Text.Json.JsonValueKind.Number
                && mine.GetValue<double>().Equals(other.GetValue<double>())),
        _ => false,
    };
}
