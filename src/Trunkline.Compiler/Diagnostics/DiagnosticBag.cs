namespace Trunkline.Compiler.Diagnostics;

/// <summary>Collects findings of one compilation, or of one file of it.</summary>
internal sealed class DiagnosticBag
{
    // Past this a file is noise, not source; a reader is not helped by more and memory is bounded.
    public const int MostPerFile = 1000;

    private readonly List<Diagnostic> _diagnostics = [];

    public int ErrorCount { get; private set; }

    /// <summary>Whether more would not be kept, so that nobody need look for it.</summary>
    public bool IsFull => _diagnostics.Count >= MostPerFile;

    public bool HasErrors => ErrorCount > 0;

    public IReadOnlyList<Diagnostic> All => _diagnostics;

    /// <summary>By place, not by the phase that found them; those of one place stay in the order in which they were found.</summary>
    public IEnumerable<Diagnostic> InSourceOrder => _diagnostics.OrderBy(diagnostic => (diagnostic.Line, diagnostic.Column));

    public void Add(Diagnostic diagnostic)
    {
        if (IsFull)
        {
            ErrorCount += diagnostic.Severity == DiagnosticSeverity.Error ? 1 : 0;
            return;
        }

        _diagnostics.Add(diagnostic);
        ErrorCount += diagnostic.Severity == DiagnosticSeverity.Error ? 1 : 0;
    }
}
