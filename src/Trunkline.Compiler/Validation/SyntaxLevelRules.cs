using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Syntax;

namespace Trunkline.Compiler.Validation;

/// <summary>Which languages are taken: proto2 and proto3.</summary>
internal static class SyntaxLevelRules
{
    public static void Check(FileSyntax file, DiagnosticBag diagnostics)
    {
        if (file is { Level: SyntaxLevel.Editions, SyntaxStatement: { } statement })
        {
            diagnostics.Add(new SyntaxLevelNotSupported(file.Span(statement), $"Edition {statement.Value?.Text}"));
            file.HasErrors = true;
        }
    }
}
