using Trunkline.Harness.Verdicts;

namespace Trunkline.Agreement.CSharp;

/// <summary>Holds findings against a list of differences that are meant to be.</summary>
internal static class DeclaredList
{
    /// <summary>Reads a list that lies beside the program's source.</summary>
    public static DeclaredDifferences Read(string repository, string file) => DeclaredDifferences.Read(Path.Combine(repository, "tests", "Trunkline.Agreement", file));

    /// <summary>Prints what is not declared, and what is declared and was not found.</summary>
    /// <returns>How many lines that were.</returns>
    public static int Check(string repository, string file, CSharpChoices choices, Findings findings, TextWriter output)
    {
        // A part says nothing about what is declared for the rest.
        IEnumerable<string> complaints = Read(repository, file).Check(findings.Differences)
            .Where(complaint => choices.IsAll || !complaint.StartsWith("declared,", StringComparison.Ordinal));
        int count = 0;
        foreach (string complaint in complaints)
        {
            output.WriteLine(complaint.ReplaceLineEndings("\n    "));
            count++;
        }

        return count;
    }
}
