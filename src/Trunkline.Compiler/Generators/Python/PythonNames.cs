using System.Collections.Frozen;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>What a name of a <c>.proto</c> file must become where Python reads one.</summary>
internal static class PythonNames
{
    private static readonly FrozenSet<string> Keywords = FrozenSet.ToFrozenSet(
    [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for",
        "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
    ], StringComparer.Ordinal);

    /// <summary>Whether Python takes a name for a keyword.</summary>
    public static bool IsKeyword(string name) => Keywords.Contains(name);

    /// <summary>A name of the module itself, as an expression: a keyword can only be looked up.</summary>
    public static string InModule(string name) => IsKeyword(name) ? $"globals()['{name}']" : name;

    /// <summary>A name in capitals; letters outside ASCII cannot occur in it.</summary>
    public static string Upper(string name) => name.ToUpperInvariant();
}
