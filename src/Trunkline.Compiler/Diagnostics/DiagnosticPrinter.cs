namespace Trunkline.Compiler.Diagnostics;

/// <summary>The two shapes of line that tools around protoc parse.</summary>
internal static class DiagnosticPrinter
{
    public static string Gcc(Diagnostic diagnostic, string file)
    {
        string place = diagnostic.Line == 0 ? file : $"{file}:{diagnostic.Line}:{diagnostic.Column}";
        string word = diagnostic.Severity == DiagnosticSeverity.Warning ? "warning: " : "";
        return $"{place}: {word}{diagnostic.Message}";
    }

    public static string Msvs(Diagnostic diagnostic, string file)
    {
        string word = diagnostic.Severity == DiagnosticSeverity.Warning ? "warning" : "error";
        return diagnostic.Line == 0
            ? $"{file}: {word}: {diagnostic.Message}"
            : $"{file}({diagnostic.Line}) : {word} in column={diagnostic.Column}: {diagnostic.Message}";
    }
}
