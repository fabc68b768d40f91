using System.Runtime.CompilerServices;

namespace Trunkline.Build.States;

/// <summary>
/// Which build of the compiler made the code: another may make other code. It is told by the size and time of its files, since even to load it takes longer than a
/// build with nothing to do should; where these differ, the compiler's own mark decides.
/// </summary>
/// <param name="Files">Sizes and times of the assemblies.</param>
/// <param name="Mark">The mark that each build of the compiler has.</param>
internal sealed record ToolStamp(string Files, string Mark)
{
    // Beside the task in its package, as in the build output.
    private static readonly string[] Assemblies = ["Trunkline.Build.dll", "Trunkline.Compiler.dll", "Trunkline.Descriptors.dll"];

    /// <summary>The stamp of the compiler that is here.</summary>
    public static ToolStamp Current() => new(CurrentFiles(), CurrentMark());

    /// <summary>Whether this is the compiler that is here.</summary>
    public bool IsCurrent() => string.Equals(Files, CurrentFiles(), StringComparison.Ordinal) || string.Equals(Mark, CurrentMark(), StringComparison.Ordinal);

    private static string CurrentFiles()
    {
        var folder = Path.GetDirectoryName(typeof(ToolStamp).Assembly.Location)!;
        var text = "";
        foreach (var assembly in Assemblies)
        {
            var stamp = FileStamp.Of(Path.Combine(folder, assembly));
            text += $"{stamp?.Size} {stamp?.Time} ";
        }

        return text;
    }

    // Not inlined, so that the assemblies are loaded when this runs and not before.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string CurrentMark() => string.Join(' ', new[]
    {
        typeof(ToolStamp), typeof(Compiler.ProtoCompiler), typeof(Descriptors.FileDescriptorProto),
    }.Select(type => type.Module.ModuleVersionId.ToString("N")));
}
