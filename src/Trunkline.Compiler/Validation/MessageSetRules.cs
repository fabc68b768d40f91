using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>A message set is nothing but a bag of messages, told apart by extension number.</summary>
internal static class MessageSetRules
{
    public static void Check(MessageSymbol message, DiagnosticBag diagnostics)
    {
        if (!message.IsMessageSet)
        {
            return;
        }

        foreach (FieldSymbol field in message.Fields)
        {
            diagnostics.Add(new MessageSetWithField(field.NameSpan));
        }
    }

    public static void CheckExtension(FieldSymbol extension, DiagnosticBag diagnostics)
    {
        // A required extension has been reported as such: no message may have one.
        if (extension is { ContainingType.IsMessageSet: true, Type: not null, Label: not FieldLabel.Required }
            && (extension.IsRepeated || extension.Type != FieldType.Message))
        {
            diagnostics.Add(new MessageSetExtension(extension.File.Span(extension.TypeSyntax)));
        }
    }
}
