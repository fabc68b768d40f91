using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Validation;

/// <summary>Which editions are taken. The defaults of features are not known for others, so nothing else is judged in such a file.</summary>
internal static class SyntaxLevelRules
{
    public static void Check(FileSyntax file, DiagnosticBag diagnostics)
    {
        if (file is not { Level: SyntaxLevel.Editions, SyntaxStatement: { } statement } || file.Edition is >= Edition.Proto2 and <= SourceEditions.Newest)
        {
            return;
        }

        SourceSpan place = file.Span(statement);
        string name = EditionNames.NameOf(file.Edition);
        diagnostics.Add(file.Edition < Edition.Proto2 ? new EditionTooOld(place, name) : new EditionTooNew(place, name, EditionNames.NameOf(SourceEditions.Newest)));
        file.HasErrors = true;
    }
}
