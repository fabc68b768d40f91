using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Descriptors;
using FileOptions = Trunkline.Descriptors.FileOptions;

namespace Trunkline.Compiler.Validation;

/// <summary>Files made for the smaller runtime of C++ and Java: what may import them, and what they may hold.</summary>
internal static class LiteRules
{
    public static void Check(FileSymbol file, DiagnosticBag diagnostics)
    {
        if (IsLite(file))
        {
            CheckServices(file, diagnostics);
            CheckExtensions(file, diagnostics);
            return;
        }

        foreach (ImportedFile import in file.Imports)
        {
            if (import.File is { } imported && IsLite(imported))
            {
                diagnostics.Add(new LiteImport(file.Span(import.Syntax), import.Path));
            }
        }
    }

    private static void CheckServices(FileSymbol file, DiagnosticBag diagnostics)
    {
        if (file.Services.Count == 0 || OptionsOf(file) is not ({ CcGenericServices: true } or { JavaGenericServices: true }))
        {
            return;
        }

        foreach (ServiceSymbol service in file.Services)
        {
            diagnostics.Add(new LiteService(service.NameSpan));
        }
    }

    private static void CheckExtensions(FileSymbol file, DiagnosticBag diagnostics)
    {
        foreach (FieldSymbol extension in file.AllExtensions())
        {
            if (extension.ContainingType is { } extendee && !IsLite(extendee.File))
            {
                diagnostics.Add(new LiteExtension(file.Span(extension.Extend!.Extendee)));
            }
        }
    }

    private static bool IsLite(FileSymbol file) => OptionsOf(file)?.OptimizeFor == OptimizeMode.LiteRuntime;

    private static FileOptions? OptionsOf(FileSymbol file) => file.Options.OptionBytes is { } bytes ? FileOptions.Read(bytes) : null;
}
