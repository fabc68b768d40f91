using Trunkline.Agreement.Trees;
using Trunkline.Compiler;

namespace Trunkline.Agreement.Compilers;

/// <summary>The compiler under test, in this process.</summary>
internal static class OurCompiler
{
    public static Outcome Compile(SourceTree tree, IReadOnlyList<string> files, IReadOnlyList<DescriptorForm> forms)
    {
        CompilationResult result = ProtoCompiler.Compile(new CompilerOptions
        {
            ImportRoots = [.. tree.Roots.Select(root => new ImportRoot(root))],
            Files = files,
            RetainOptions = forms.Any(form => form.RetainOptions),
        });
        string errors = string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return result.Succeeded
            ? new Outcome([.. forms.Select(form => result.ToDescriptorSet(form.IncludeImports, form.IncludeSourceInfo, form.RetainOptions).ToByteArray())], errors)
            : new Outcome(null, errors);
    }
}
