using Trunkline.Compiler;
using Trunkline.Harness.Verdicts;

namespace Trunkline.Agreement.Inputs;

/// <summary>Prints what both compilers say about the same inputs, one below the other.</summary>
internal static class SideBySide
{
    /// <summary>Inputs that show what findings can say, when none are named.</summary>
    private static readonly string[] Examples =
    [
        "fields/field_numbers", "reserved/reserved_used", "types/type_not_imported", "names/name_defined_twice", "enums/enum_alias", "json/json_name_conflict",
        "imports/path_upper_case", "syntax/syntax_unknown", "oneofs/oneof_label", "reserved/no_semicolon",
    ];

    /// <summary>Prints the named inputs, or the examples.</summary>
    /// <returns>Whether all inputs were found.</returns>
    public static bool Run(BadInputs inputs, IReadOnlyList<string> names, TextWriter output)
    {
        foreach (string name in names.Count > 0 ? names : Examples)
        {
            if (name.Split('/') is not [var family, var file] || !File.Exists(Path.Combine(inputs.RootOf(family), file + ".proto")))
            {
                output.WriteLine($"{name}: there is no such input below {inputs.Folder}");
                return false;
            }

            Print(inputs, family, file + ".proto", output);
        }

        return true;
    }

    private static void Print(BadInputs inputs, string family, string file, TextWriter output)
    {
        output.WriteLine($"== {family}/{file}");
        output.WriteLine("-- protoc");
        foreach (string line in ProtocVerdicts.Judge(inputs.RootOf(family), file).Errors)
        {
            output.WriteLine(line);
        }

        output.WriteLine("-- trunkline");
        CompilationResult result = inputs.Compile(family, file);
        var renderer = new DiagnosticRenderer(result);
        foreach (Diagnostic diagnostic in result.Diagnostics)
        {
            renderer.Write(diagnostic, output);
        }

        output.WriteLine();
    }
}
