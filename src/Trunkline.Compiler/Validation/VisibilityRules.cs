using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>Where visibility is strict, nothing inside a message is exported but the enum of a message that serves as its name space.</summary>
internal static class VisibilityRules
{
    public static void Check(FileSymbol file, DiagnosticBag diagnostics)
    {
        if (file.Options.Features.DefaultSymbolVisibility != DefaultSymbolVisibility.Strict)
        {
            return;
        }

        foreach (MessageSymbol message in file.AllMessages())
        {
            if (message is { Parent: not null, Syntax.Visibility: SymbolVisibility.Export })
            {
                diagnostics.Add(new ExportedNestedMessage(message.NameSpan, message.FullName));
            }
        }

        foreach (EnumSymbol type in file.AllEnums())
        {
            if (type is { Parent: { } parent, Syntax.Visibility: SymbolVisibility.Export } && !IsNameSpace(parent))
            {
                diagnostics.Add(new ExportedNestedEnum(type.NameSpan, type.FullName));
            }
        }
    }

    /// <summary>A local message at the top of a file that can have no fields: all their numbers are reserved.</summary>
    private static bool IsNameSpace(MessageSymbol message)
        => message is { Parent: null, IsExported: false, ReservedRanges: [{ Start: 1, End: SymbolCollector.OnePastLastFieldNumber }] };
}
