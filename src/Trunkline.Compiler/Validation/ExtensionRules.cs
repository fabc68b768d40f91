using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>Extensions use numbers that the extended message gives away; in proto3 they only define options.</summary>
internal static class ExtensionRules
{
    private const int MostRangesNamed = 4;
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
        CheckRange(extension, extendee, diagnostics);

        // The name that it would have anyway may be written down.
        if (extension.JsonNameSyntax is { } json && extension.JsonName != Names.ToJsonName(extension.Name))
        {
            diagnostics.Add(new JsonNameOnExtension(file.Span(json)));
        }

        if (extension.Label == FieldLabel.Required)
        {
            diagnostics.Add(new ExtensionRequired(file.Span(extension.TypeSyntax), extension.FullName));
        }
    }

    private static void CheckRange(FieldSymbol extension, MessageSymbol extendee, DiagnosticBag diagnostics)
    {
        FileSymbol file = extension.File;
        ExtensionRangeSymbol? range = extendee.ExtensionRanges.Find(candidate => candidate.Start <= extension.Number && extension.Number < candidate.End);
        if (range is null)
        {
            diagnostics.Add(new ExtensionNumberNotDeclared(file.Span(extension.Syntax!.Number), extendee.FullName, extension.Number, extendee.NameSpan, RangesOf(extendee)));
            return;
        }

        DeclarationRules.CheckExtension(extension, range, diagnostics);
        if (file.Level == SyntaxLevel.Proto3 && !IsOptionMessage(extendee))
        {
            diagnostics.Add(new ExtensionInProto3(file.Span(extension.Extend!.Extendee)));
        }
    }

    private static string RangesOf(MessageSymbol message)
        => string.Join(", ", message.ExtensionRanges.Take(MostRangesNamed).Select(range => range.End - range.Start == 1 ? $"{range.Start}" : $"{range.Start} to {range.End - 1}"))
            + (message.ExtensionRanges.Count > MostRangesNamed ? ", ..." : "");

    private static bool IsOptionMessage(MessageSymbol message)
        => message.FullName.StartsWith(OptionsPackage, StringComparison.Ordinal) && OptionMessages.Contains(message.Name);
}
