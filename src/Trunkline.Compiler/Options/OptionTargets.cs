using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;

namespace Trunkline.Compiler.Options;

/// <summary>An option may say what it can be set on: <c>targets = TARGET_TYPE_FIELD</c>.</summary>
internal static class OptionTargets
{
    public static void Check(FieldSymbol option, Symbol element, SourceSpan place, DiagnosticBag diagnostics)
    {
        if (option.Targets.Count == 0)
        {
            return;
        }

        string name = NameOf(element);
        if (!option.Targets.Contains("TARGET_TYPE_" + name.Replace(' ', '_').ToUpperInvariant(), StringComparer.Ordinal))
        {
            diagnostics.Add(new OptionOnWrongElement(place, option.FullName, name));
        }
    }

    private static string NameOf(Symbol element) => element switch
    {
        FileOptionsHolder => "file",
        ExtensionRangeSymbol => "extension range",
        MessageSymbol => "message",
        FieldSymbol => "field",
        OneofSymbol => "oneof",
        EnumSymbol => "enum",
        EnumValueSymbol => "enum entry",
        ServiceSymbol => "service",
        _ => "method",
    };
}
