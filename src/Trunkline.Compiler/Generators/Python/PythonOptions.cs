namespace Trunkline.Compiler.Generators.Python;

/// <summary>The options of the Python generators.</summary>
internal sealed record PythonOptions
{
    private const string RelativeImportsName = "relative_imports";
    private const string StubsName = "pyi_out";
    private const string LinkedName = "cpp_generated_lib_linked";

    /// <summary>Whether imports of generated modules start from the module that imports, so that the code works below any package.</summary>
    public bool RelativeImports { get; init; }

    /// <summary>Whether each module gets its stub file in the same run.</summary>
    public bool WithStubs { get; init; }

    /// <summary>Whether the types come out of C++ code that is linked into the interpreter, so that the module only finds them.</summary>
    public bool IsLinked { get; init; }

    /// <summary>Reads the options of <c>--python_out</c>.</summary>
    /// <returns>The options, or null with the reason in <paramref name="error"/>.</returns>
    public static PythonOptions? Parse(string parameter, out string? error) => Parse(parameter, [RelativeImportsName, StubsName, LinkedName], out error);

    /// <summary>Reads the options of <c>--pyi_out</c>.</summary>
    /// <returns>The options, or null with the reason in <paramref name="error"/>.</returns>
    public static PythonOptions? ParseForStubs(string parameter, out string? error) => Parse(parameter, [RelativeImportsName], out error);

    private static PythonOptions? Parse(string parameter, string[] known, out string? error)
    {
        var options = new PythonOptions();
        foreach (var item in parameter.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var name = item.Split('=', 2)[0];
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                error = $"Unknown generator option: {name}. Known {(known.Length == 1 ? "is" : "are")} {string.Join(", ", known)}.";
                return null;
            }

            options = name switch
            {
                StubsName => options with { WithStubs = true },
                LinkedName => options with { IsLinked = true },
                _ => options with { RelativeImports = true },
            };
        }

        error = null;
        return options;
    }
}
