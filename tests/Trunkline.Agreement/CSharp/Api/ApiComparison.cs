using System.Reflection;

namespace Trunkline.Agreement.CSharp.Api;

/// <summary>Compares the API of two assemblies line by line.</summary>
internal static class ApiComparison
{
    public static void Run(string tree, Assembly ours, Assembly theirs, Findings findings)
    {
        string[] mine = PublicApi.Of(ours), other = PublicApi.Of(theirs);
        findings.Members += other.Length;
        foreach (string line in other.Except(mine, StringComparer.Ordinal))
        {
            findings.Add($"{tree}: api - {line}", "only protoc's code has it");
        }

        foreach (string line in mine.Except(other, StringComparer.Ordinal))
        {
            findings.Add($"{tree}: api + {line}", "only our code has it");
        }
    }
}
