using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;

namespace Trunkline.Compiler.Validation;

/// <summary>Imports that nothing in the file needs.</summary>
internal static class ImportRules
{
    public static void Check(FileSymbol file, DiagnosticBag diagnostics)
    {
        if (file.IsIncomplete || diagnostics.HasErrors || file.Syntax.Source.Descriptor is not null)
        {
            // What went wrong may have been the use; and of a descriptor nobody can take an import away.
            return;
        }

        foreach (ImportedFile import in file.Imports)
        {
            if (!import.IsUsed && !import.IsPublic && import.File is not null)
            {
                diagnostics.Add(new UnusedImport(file.Span(import.Syntax), import.Path));
            }
        }
    }
}
