namespace Trunkline.Descriptors.Dynamic;

/// <summary>Finds required fields that are not set, in the order and with the paths that protoc prints.</summary>
internal static class MissingFields
{
    public static List<string> Of(DynamicMessage message)
    {
        var missing = new List<string>();
        Collect(message, "", missing, depth: 0);
        return missing;
    }

    private static void Collect(DynamicMessage message, string prefix, List<string> missing, int depth)
    {
        MessageEncoder.CheckDepth(message, depth);
        foreach (var field in message.Schema.Fields)
        {
            if (field.IsRequired && !message.Has(field))
            {
                missing.Add(prefix + field.Name);
            }
        }

        foreach (ref readonly var entry in message.Entries)
        {
            if (entry.Field.Kind == FieldValueKind.Message)
            {
                CollectFrom(entry, prefix + (entry.Field.IsExtension ? $"({entry.Field.FullName})" : entry.Field.Name), missing, depth);
            }
        }
    }

    private static void CollectFrom(FieldEntry entry, string path, List<string> missing, int depth)
    {
        if (entry.Map is { } map)
        {
            if (entry.Field.Message!.MapValue.Message is not null)
            {
                for (var index = 0; index < map.All.Count; index++)
                {
                    Collect(map.All[index].Value.AsMessage(), $"{path}[{index}].value.", missing, depth + 1);
                }
            }
        }
        else if (entry.List is { } list)
        {
            for (var index = 0; index < list.Count; index++)
            {
                Collect(list[index].AsMessage(), $"{path}[{index}].", missing, depth + 1);
            }
        }
        else
        {
            Collect(entry.Single.AsMessage(), path + ".", missing, depth + 1);
        }
    }
}
