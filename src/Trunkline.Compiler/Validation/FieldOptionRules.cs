using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>Options of fields that make sense on some types only.</summary>
internal static class FieldOptionRules
{
    public static void Check(FieldSymbol field, DiagnosticBag diagnostics)
    {
        if (field.OptionBytes is not { } bytes || field.Type is not { } type)
        {
            return;
        }

        FieldOptions options = FieldOptions.Read(bytes);
        if (options.Packed == true && !field.IsPackable)
        {
            diagnostics.Add(new PackedNotAllowed(field.File.Span(field.TypeSyntax)));
        }

        if ((options.Lazy == true || options.UnverifiedLazy == true) && type != FieldType.Message)
        {
            diagnostics.Add(new LazyNotAllowed(field.File.Span(field.TypeSyntax)));
        }

        if (options.UnverifiedLazy == true && field.IsExtension)
        {
            diagnostics.Add(new UnverifiedLazyExtension(field.File.Span(field.TypeSyntax)));
        }

        if (options.JsType is not null and not JSType.Normal && !IsWideInteger(type))
        {
            diagnostics.Add(new JsTypeNotAllowed(field.File.Span(field.TypeSyntax)));
        }
    }

    private static bool IsWideInteger(FieldType type)
        => type is FieldType.Int64 or FieldType.UInt64 or FieldType.SInt64 or FieldType.Fixed64 or FieldType.SFixed64;
}
