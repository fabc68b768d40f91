using Trunkline.Compiler.Diagnostics;

namespace Trunkline.Compiler;

/// <summary>
/// One finding about a source file. Each kind of finding is a type of its own with its own stable <see cref="Code"/>; the families are files in Diagnostics/.
/// </summary>
public abstract record Diagnostic
{
    private protected Diagnostic(string code, DiagnosticSeverity severity, SourceSpan span, string message)
    {
        Code = code;
        Severity = severity;
        Span = span;
        Message = message;
    }

    /// <summary>A stable code such as <c>TL1001</c>, never reused for another meaning.</summary>
    public string Code { get; }

    /// <summary>Whether this stops the compilation.</summary>
    public DiagnosticSeverity Severity { get; }

    /// <summary>Where it is.</summary>
    public SourceSpan Span { get; }

    /// <summary>What is wrong, in protoc's wording where tools read it.</summary>
    public string Message { get; }

    /// <summary>What to do about it, in a sentence, where the compiler can tell: the name that was meant, the import that is missing, a number that is free.</summary>
    public virtual string? Hint => null;

    /// <summary>Other places that have to do with it, such as the first of two declarations. They may lie in other files.</summary>
    public virtual IReadOnlyList<RelatedSpan> Related => [];

    /// <summary>The name of the file.</summary>
    public string File => Span.File;

    /// <summary>The line, from 1; 0 when the finding is about the whole file.</summary>
    public int Line => Span.Line;

    /// <summary>The column, from 1; 0 when the finding is about the whole file.</summary>
    public int Column => Span.Column;

    /// <summary>Prints the finding as <c>file:line:column: message</c>, the form that protoc calls gcc.</summary>
    /// <param name="file">The file name to print; the virtual name when null.</param>
    /// <returns>One line without an end of line.</returns>
    public string ToGccString(string? file = null) => DiagnosticPrinter.Gcc(this, file ?? File);

    /// <summary>Prints the finding as <c>file(line) : error in column=N: message</c>, the form that protoc calls msvs.</summary>
    /// <param name="file">The file name to print; the virtual name when null.</param>
    /// <returns>One line without an end of line.</returns>
    public string ToMsvsString(string? file = null) => DiagnosticPrinter.Msvs(this, file ?? File);

    /// <inheritdoc/>
    public sealed override string ToString() => ToGccString();
}
