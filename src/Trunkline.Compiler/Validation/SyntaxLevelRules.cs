using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Syntax;

namespace Trunkline.Compiler.Validation;

/// <summary>Which languages are taken. Files of Google's own package are: custom options are written against them.</summary>
internal static class SyntaxLevelRules
{
    private const string GoogleFiles = "google/protobuf/";

    public static void Check(FileSyntax file, CompilerOptions options, DiagnosticBag diagnostics)
    {
        bool isUnknown = file is { Level: SyntaxLevel.Proto2, SyntaxStatement: null, HasErrors: true, Statements.Count: 0 };
        if (file.Level == SyntaxLevel.Proto3 || isUnknown)
        {
            return;
        }

        if (file.Level == SyntaxLevel.Proto2 && (options.AcceptsProto2 || file.Source.Name.StartsWith(GoogleFiles, StringComparison.Ordinal)))
        {
            return;
        }

        SourceSpan place = file.SyntaxStatement is { } statement ? file.Span(statement) : file.Span(0);
        diagnostics.Add(new SyntaxLevelNotSupported(place, Describe(file)));
        file.HasErrors = true;
    }

    private static string Describe(FileSyntax file)
    {
        if (file.Level == SyntaxLevel.Editions)
        {
            return $"Edition {file.SyntaxStatement?.Value?.Text}";
        }

        return file.SyntaxStatement is null ? "A file without a syntax statement is proto2, which" : "proto2";
    }
}
