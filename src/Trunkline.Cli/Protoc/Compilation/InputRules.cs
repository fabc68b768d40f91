using Trunkline.Cli.Protoc.Arguments;
using Trunkline.Compiler;
using Trunkline.Descriptors;

namespace Trunkline.Cli.Protoc.Compilation;

/// <summary>What a command line may forbid its inputs, beyond what the language forbids.</summary>
internal static class InputRules
{
    /// <summary>What the first input that breaks a rule does wrong; empty when none does.</summary>
    public static IReadOnlyList<string> Check(ProtocArguments arguments, CompilationResult compilation)
    {
        foreach (var name in compilation.RequestedFiles)
        {
            var file = compilation.Files.First(candidate => candidate.Name == name);
            if (arguments.DisallowServices && file.Services.Count > 0)
            {
                return [$"{name}: This file contains services, but --disallow_services was used."];
            }

            List<string> violations = [];
            AddViolations(name, file.Dependencies, arguments.DirectDependencies, violations);
            AddViolations(name, file.OptionDependencies, arguments.OptionDependencies, violations);
            if (violations.Count > 0)
            {
                return violations;
            }
        }

        return [];
    }

    private static void AddViolations(string name, List<string> imports, DependencyList list, List<string> violations)
    {
        foreach (var import in imports)
        {
            if (list.Files?.Contains(import) == false)
            {
                violations.Add($"{name}: {list.Violation.Replace("%s", import, StringComparison.Ordinal)}");
            }
        }
    }
}
