namespace Trunkline.Compiler;

/// <summary>How grave a <see cref="Diagnostic"/> is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The file compiles, but something in it deserves a look.</summary>
    Warning,

    /// <summary>The file does not compile; nothing is written.</summary>
    Error,
}
