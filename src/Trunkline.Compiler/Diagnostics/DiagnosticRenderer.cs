using System.Globalization;
using Trunkline.Compiler.Diagnostics;

namespace Trunkline.Compiler;

/// <summary>
/// Prints findings for people: the place and message on a first line that tools read as well, below it the line of source with the place underlined, then the
/// related places and the hint.
/// </summary>
/// <param name="result">The compilation whose findings are printed; it has the source text.</param>
public sealed class DiagnosticRenderer(CompilationResult result)
{
    /// <summary>Whether to colour severity, underline and hint with ANSI sequences. False by default.</summary>
    public bool UseColor { get; init; }

    /// <summary>Prints one finding.</summary>
    /// <param name="diagnostic">A finding of the compilation.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="IOException">The writer failed.</exception>
    public void Write(Diagnostic diagnostic, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        ArgumentNullException.ThrowIfNull(output);
        bool isError = diagnostic.Severity == DiagnosticSeverity.Error;
        string color = isError ? Ansi.Red : Ansi.Yellow;
        string word = $"{(isError ? "error" : "warning")} {diagnostic.Code}";
        output.WriteLine($"{PlaceOf(diagnostic.Span)}: {Colored(word, color)}: {TerminalText.Visible(diagnostic.Message)}");

        int gutter = GutterOf(diagnostic);
        WriteExcerpt(diagnostic.Span, gutter, '^', color, output);
        foreach (RelatedSpan related in diagnostic.Related)
        {
            output.WriteLine($"{Margin(gutter)}--> {PlaceOf(related.Span)}: {TerminalText.Visible(related.Note)}");
            WriteExcerpt(related.Span, gutter, '-', Ansi.Cyan, output);
        }

        if (diagnostic.Hint is { } hint)
        {
            output.WriteLine($"{Margin(gutter)} = {Colored("hint", Ansi.Green)}: {TerminalText.Visible(hint)}");
        }
    }

    private string PlaceOf(SourceSpan span)
    {
        // The path on disk is what a terminal or an editor can open.
        string file = result.DiskPaths.GetValueOrDefault(span.File, span.File);
        return TerminalText.Visible(span.Line == 0 ? file : $"{file}:{span.Line}:{span.Column}");
    }

    /// <summary>Wide enough for the largest line number that is printed with the finding, so that all bars stand below each other.</summary>
    private static int GutterOf(Diagnostic diagnostic)
    {
        int largest = diagnostic.Related.Select(related => related.Span.Line).Append(diagnostic.Line).Max();
        return largest.ToString(CultureInfo.InvariantCulture).Length;
    }

    private static string Margin(int gutter) => new(' ', gutter);

    private void WriteExcerpt(SourceSpan span, int gutter, char underline, string color, TextWriter output)
    {
        if (!result.Texts.TryGetValue(span.File, out ReadOnlyMemory<byte> text) || !SourceExcerpt.TryCut(text.Span, span, out SourceExcerpt excerpt))
        {
            return;
        }

        string number = span.Line.ToString(CultureInfo.InvariantCulture).PadLeft(gutter);
        output.WriteLine($"{number} | {excerpt.Text}");
        output.WriteLine($"{Margin(gutter)} | {new string(' ', excerpt.Start)}{Colored(new string(underline, excerpt.Length), color)}");
    }

    private string Colored(string text, string color) => UseColor ? color + text + Ansi.Reset : text;

    private static class Ansi
    {
        public const string Red = "\e[1;31m";
        public const string Yellow = "\e[1;33m";
        public const string Green = "\e[1;32m";
        public const string Cyan = "\e[1;36m";
        public const string Reset = "\e[0m";
    }
}
