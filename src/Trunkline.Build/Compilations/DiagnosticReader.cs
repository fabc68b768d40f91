using Trunkline.Build.Reports;
using Trunkline.Compiler;

namespace Trunkline.Build.Compilations;

/// <summary>Turns the compiler's findings into MSBuild's: paths on disk, columns of editors, advice for projects.</summary>
internal sealed class DiagnosticReader(CompilationResult result, TrackedSources sources)
{
    /// <summary>The finding.</summary>
    public Finding Read(Diagnostic diagnostic)
    {
        var hint = BuildAdvice.For(diagnostic.Code, diagnostic.Hint);
        return new Finding(
            diagnostic.Severity == DiagnosticSeverity.Error,
            diagnostic.Code,
            PlaceOf(diagnostic.Span),
            hint is null ? diagnostic.Message : $"{diagnostic.Message} ({hint})")
        {
            Related = [.. diagnostic.Related.Select(related => (PlaceOf(related.Span), related.Note))],
        };
    }

    private Place PlaceOf(SourceSpan span)
    {
        var path = result.DiskPaths.GetValueOrDefault(span.File);
        if (path is null || sources.Find(path) is not { } source || span.Line == 0)
        {
            return new Place(path is null ? span.File : Path.GetFullPath(path), span.Line, span.Column, span.EndLine, span.EndColumn);
        }

        var text = source.Content.Span;
        return new Place(
            Path.GetFullPath(path),
            span.Line,
            TextColumns.InCharacters(text, span.Line, span.Column),
            span.EndLine,
            TextColumns.InCharacters(text, span.EndLine, span.EndColumn));
    }
}
