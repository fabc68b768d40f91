using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>What the keys and values of maps may be.</summary>
internal static class MapRules
{
    public static void Check(FieldSymbol field, DiagnosticBag diagnostics)
    {
        if (!field.TypeSyntax.IsMap || field.MessageType is not { Fields: [var key, var value] })
        {
            return;
        }

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
            diagnostics.Add(new GroupInProto3(field.File.Span(value.TypeSyntax)));
        }
    }
}
