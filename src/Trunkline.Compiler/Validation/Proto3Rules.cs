using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>What proto2 has and proto3 has not.</summary>
internal static class Proto3Rules
{
    public static void Check(FileSymbol file, DiagnosticBag diagnostics)
    {
        foreach (MessageSymbol message in file.AllMessages())
        {
            foreach (ExtensionRangeSymbol range in message.ExtensionRanges)
            {
                diagnostics.Add(new ExtensionRangeInProto3(range.NameSpan));
            }

            if (message.IsMessageSet)
            {
                diagnostics.Add(new MessageSetInProto3(message.NameSpan));
            }
        }

        foreach (FieldSymbol field in file.AllFields())
        {
            CheckField(field, diagnostics);
        }
    }

    private static void CheckField(FieldSymbol field, DiagnosticBag diagnostics)
    {
        FileSymbol file = field.File;
        if (field.Label == FieldLabel.Required)
        {
            diagnostics.Add(new RequiredInProto3(file.Span(field.TypeSyntax)));
        }

        if (field.DefaultSyntax is { } value)
        {
            diagnostics.Add(new DefaultInProto3(file.Span(value)));
        }

        if (field.Syntax?.Type.Scalar == FieldType.Group)
        {
            diagnostics.Add(new GroupInProto3(file.Span(field.TypeSyntax)));
        }

        // In a map the entry's fields carry the types; a closed enum is as closed there.
        if (field.EnumType is { IsClosed: true } type)
        {
            diagnostics.Add(new ClosedEnumInProto3(file.Span(field.TypeSyntax), type.FullName, field.ContainingType!.FullName));
        }
    }
}
