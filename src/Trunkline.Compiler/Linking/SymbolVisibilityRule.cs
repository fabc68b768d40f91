using Trunkline.Descriptors;

namespace Trunkline.Compiler.Linking;

/// <summary>What other files may name: what says so itself, and else what the file's default_symbol_visibility gives away.</summary>
internal static class SymbolVisibilityRule
{
    public static bool IsExported(SymbolVisibility? written, MessageSymbol? parent, FileSymbol file) => written switch
    {
        SymbolVisibility.Export => true,
        SymbolVisibility.Local => false,
        _ => file.Options.Features.DefaultSymbolVisibility switch
        {
            DefaultSymbolVisibility.ExportTopLevel => parent is null,
            DefaultSymbolVisibility.LocalAll or DefaultSymbolVisibility.Strict => false,
            _ => true,
        },
    };
}
