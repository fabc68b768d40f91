using System.Text.Unicode;

namespace Trunkline.Descriptors.Dynamic;

/// <summary>Finds texts that must be UTF-8 and are not: the text form can spell them, and no reader of the wire form takes them.</summary>
internal static class InvalidTexts
{
    public static List<FieldSchema> Of(DynamicMessage message)
    {
        var found = new List<FieldSchema>();
        Collect(message, found, depth: 0);
        return found;
    }

    private static void Collect(DynamicMessage message, List<FieldSchema> found, int depth)
    {
        MessageEncoder.CheckDepth(message, depth);
        foreach (ref readonly var entry in message.Entries)
        {
            if (entry.Map is { } map)
            {
                foreach (var (key, value) in map.All)
                {
                    Look(entry.Field.Message!.MapKey, key, found, depth);
                    Look(entry.Field.Message.MapValue, value, found, depth);
                }
            }
            else if (entry.List is { } list)
            {
                foreach (var value in list)
                {
                    Look(entry.Field, value, found, depth);
                }
            }
            else
            {
                Look(entry.Field, entry.Single, found, depth);
            }
        }
    }

    private static void Look(FieldSchema field, FieldValue value, List<FieldSchema> found, int depth)
    {
        if (value.Kind == FieldValueKind.Message)
        {
            Collect(value.AsMessage(), found, depth + 1);
        }
        else if (field.IsUtf8Checked && !Utf8.IsValid(value.RawBytes))
        {
            found.Add(field);
        }
    }
}
