using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>Extensions use numbers that the extended message gives away; in proto3 they only define options.</summary>
internal static class ExtensionRules
{
    private const string OptionsPackage = "google.protobuf.";

    private static readonly HashSet<string> OptionMessages = new(StringComparer.Ordinal)
    {
        "FileOptions", "MessageOptions", "FieldOptions", "EnumOptions", "EnumValueOptions", "ServiceOptions", "MethodOptions", "OneofOptions",
        "ExtensionRangeOptions", "StreamOptions",
    };

    public static void Check(FieldSymbol extension, DiagnosticBag diagnostics)
    {
        if (extension.ContainingType is not { } extendee || !FieldNumberRules.CheckNumber(extension, diagnostics))
        {
            return;
        }

        FileSymbol file = extension.File;
        if (!extendee.ExtensionRanges.Exists(range => range.Start <= extension.Number && extension.Number < range.End))
        {
            diagnostics.Add(new ExtensionNumberNotDeclared(file.Span(extension.Syntax!.Number), extendee.FullName, extension.Number));
        }
        else if (file.Level == SyntaxLevel.Proto3 && !IsOptionMessage(extendee))
        {
            diagnostics.Add(new ExtensionInProto3(file.Span(extension.Extend!.Extendee)));
        }

        if (extension.JsonNameSyntax is { } json)
        {
            diagnostics.Add(new JsonNameOnExtension(file.Span(json)));
        }

        if (extension.Label == FieldLabel.Required)
        {
            diagnostics.Add(new ExtensionRequired(file.Span(extension.TypeSyntax), extension.FullName));
        }
    }

    private static bool IsOptionMessage(MessageSymbol message)
        => message.FullName.StartsWith(OptionsPackage, StringComparison.Ordinal) && OptionMessages.Contains(message.Name);
}
