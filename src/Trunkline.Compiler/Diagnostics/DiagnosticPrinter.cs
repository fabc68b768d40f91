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
        if (diagnostic.Line == 0)
        {
            return Gcc(diagnostic, file);
        }

        // protoc says twice that it warns.
        string words = diagnostic.Severity == DiagnosticSeverity.Warning
            ? $"warning in column={diagnostic.Column}: warning"
            : $"error in column={diagnostic.Column}";
        return $"{file}({diagnostic.Line}) : {words}: {diagnostic.Message}";
    }
}
