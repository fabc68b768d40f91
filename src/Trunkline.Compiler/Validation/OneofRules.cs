using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;

namespace Trunkline.Compiler.Validation;

/// <summary>A oneof has something to choose from; a message declares itself, not a map entry.</summary>
internal static class OneofRules
{
    public static void Check(MessageSymbol message, DiagnosticBag diagnostics)
    {
        foreach (OneofSymbol oneof in message.Oneofs)
        {
            if (oneof.Syntax is { } syntax && !syntax.Members.Exists(member => member is FieldSyntax))
            {
                diagnostics.Add(new OneofEmpty(oneof.NameSpan));
            }
        }

        foreach (OptionSyntax option in message.OptionSyntax)
        {
            if (option.Name is [{ IsExtension: false, Text: "map_entry" }])
            {
                diagnostics.Add(new MapEntryOption(message.File.Span(option.Name[0])));
            }
        }
    }
}
