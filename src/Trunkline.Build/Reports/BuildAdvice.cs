namespace Trunkline.Build.Reports;

/// <summary>What to do in a project file, where the compiler can only tell what to do on a command line.</summary>
internal static class BuildAdvice
{
    /// <summary>The hint for a finding: the compiler's own, or what stands for it in a project.</summary>
    public static string? For(string code, string? hint) => code switch
    {
        "TL1201" or "TL1206" => "set ProtoRoot to a folder above the file",
        "TL1207" => "set ProtoRoot so that each file has a name of its own below its root",
        "TL1203" when hint?.Contains("-I", StringComparison.Ordinal) == true
            => "add its folder to AdditionalImportDirs, or refer to the project or package that has it",
        "TL1208" => "correct ProtoRoot or AdditionalImportDirs",
        _ => hint,
    };
}
