using Trunkline.Harness.Verdicts;

namespace Trunkline.Agreement.Inputs;

/// <summary>Prints, family by family, on how many bad inputs both compilers say the same.</summary>
internal static class VerdictTable
{
    /// <summary>Compares and prints.</summary>
    /// <returns>Whether all differences are declared, and all that is declared differs.</returns>
    public static bool Run(BadInputs inputs, TextWriter output)
    {
        IReadOnlyDictionary<(string Root, string File), Verdict> protoc
            = ProtocVerdicts.JudgeAll(inputs.Families.SelectMany(family => inputs.FilesOf(family).Select(file => (inputs.RootOf(family), file))));
        output.WriteLine($"{"family",-16} {"inputs",6} {"both refuse",12} {"both accept",12} {"differ",7} {"first error the same",21}");
        var differences = new Dictionary<string, string>(StringComparer.Ordinal);
        var total = default(Row);
        foreach (string family in inputs.Families)
        {
            var row = default(Row);
            foreach (string file in inputs.FilesOf(family))
            {
                Verdict ours = inputs.Judge(family, file);
                Verdict theirs = protoc[(inputs.RootOf(family), file)];
                row += Row.Of(ours, theirs);
                if (ours.Compiles != theirs.Compiles)
                {
                    differences.Add($"{family}/{Path.GetFileNameWithoutExtension(file)}", $"ours: {ours}; protoc: {theirs}");
                }
            }

            output.WriteLine(row.Print(family));
            total += row;
        }

        output.WriteLine(total.Print("all"));
        IReadOnlyList<string> complaints = DeclaredDifferences.Read(Path.Combine(inputs.Folder, "verdict-differences.txt")).Check(differences);
        foreach (string complaint in complaints)
        {
            output.WriteLine(complaint);
        }

        output.WriteLine($"{complaints.Count} undeclared differences in {total.Inputs} verdicts");
        return complaints.Count == 0;
    }

    private readonly record struct Row(int Inputs, int BothRefuse, int BothAccept, int SameFirstError)
    {
        public static Row operator +(Row left, Row right)
            => new(left.Inputs + right.Inputs, left.BothRefuse + right.BothRefuse, left.BothAccept + right.BothAccept, left.SameFirstError + right.SameFirstError);

        public static Row Of(Verdict ours, Verdict theirs)
        {
            bool bothRefuse = !ours.Compiles && !theirs.Compiles;
            return new Row(1, bothRefuse ? 1 : 0, ours.Compiles && theirs.Compiles ? 1 : 0, bothRefuse && ours.SaysFirstErrorOf(theirs) ? 1 : 0);
        }

        public string Print(string name)
            => $"{name,-16} {Inputs,6} {BothRefuse,12} {BothAccept,12} {Inputs - BothRefuse - BothAccept,7} {SameFirstError,21}";
    }
}
