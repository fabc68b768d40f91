using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>What the keys and values of maps may be.</summary>
internal static class MapRules
{
    public static void Check(FieldSymbol field, DiagnosticBag diagnostics)
    {
        if (field.MessageType is not { IsMapEntry: true, Fields: [var key, var value] } entry)
        {
            return;
        }

        if (!field.TypeSyntax.IsMap)
        {
            CheckNamedEntry(field, entry, diagnostics);
            return;
        }

        CheckTypes(field, key, value, diagnostics);
    }

    /// <summary>The entry type that a map brings is for that map; protoc lets through only what it cannot tell from it.</summary>
    private static void CheckNamedEntry(FieldSymbol field, MessageSymbol entry, DiagnosticBag diagnostics)
    {
        if (!field.IsRepeated || Names.ToMapEntryName(field.Name) != entry.Name || field.ContainingType != entry.Parent)
        {
            diagnostics.Add(new MapEntryNamed(field.File.Span(field.TypeSyntax)));
        }
    }

    private static void CheckTypes(FieldSymbol field, FieldSymbol key, FieldSymbol value, DiagnosticBag diagnostics)
    {
        switch (key.Type)
        {
            case FieldType.Enum:
                diagnostics.Add(new MapKeyIsEnum(field.File.Span(key.TypeSyntax)));
                break;
            case FieldType.Float or FieldType.Double or FieldType.Bytes or FieldType.Message or FieldType.Group:
                diagnostics.Add(new MapKeyType(field.File.Span(key.TypeSyntax)));
                break;
        }

        if (value.EnumType is { Values: [{ Number: not 0 }, ..] })
        {
            diagnostics.Add(new MapValueEnumWithoutZero(field.File.Span(value.TypeSyntax)));
        }
        else if (value.Type == FieldType.Group)
        {
            diagnostics.Add(new MapValueIsGroup(field.File.Span(value.TypeSyntax)));
        }
    }
}
