using Trunkline.Harness.Peers;
using Trunkline.Harness.Verdicts;

namespace Trunkline.Compiler.Tests;

/// <summary>
/// One file of BadInputs: <c>family/name.proto</c>. Its import root is the family's folder; what it imports is below <c>imports/</c> there, and no input itself. Some
/// inputs compile: those that show where a rule ends.
/// </summary>
internal sealed record BadInput(string Family, string File)
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "BadInputs");

    public static BadInput[] All { get; } =
    [
        .. Directory.EnumerateDirectories(Folder).Order(StringComparer.Ordinal)
            .SelectMany(family => Corpus.Names(family).Select(file => new BadInput(Path.GetFileName(family), file))),
    ];

    public string Name => $"{Family}/{Path.GetFileNameWithoutExtension(File)}";

    public string Root => Path.Combine(Folder, Family);

    public string ExpectedPath => Path.ChangeExtension(Path.Combine(Family, File), ".expected");

    public byte[] Text => System.IO.File.ReadAllBytes(Path.Combine(Root, File));

    public static BadInput Named(string name) => All.Single(input => input.Name == name);

    public CompilationResult Compile()
        => ProtoCompiler.Compile(new CompilerOptions
        {
            ImportRoots = [new ImportRoot("", "")],
            Files = [File],
            Sources = new FolderSource(Root),
        });

    public Verdict Judge()
    {
        CompilationResult result = Compile();
        return Verdict.Of(result.Succeeded, result.Diagnostics.Select(diagnostic => diagnostic.ToGccString()));
    }

    /// <summary>protoc's descriptors with source info, of an input that it accepts.</summary>
    public byte[] CompileByProtoc()
    {
        string output = Path.GetTempFileName();
        try
        {
            Protoc.Run("-I", Root, "-I", Protoc.IncludePath, "--include_source_info", $"--descriptor_set_out={output}", File);
            return System.IO.File.ReadAllBytes(output);
        }
        finally
        {
            System.IO.File.Delete(output);
        }
    }

    /// <summary>The disk, seen from one folder, so that no path of this machine gets into what is said.</summary>
    private sealed class FolderSource(string folder) : ISourceProvider
    {
        public SourceReadResult TryRead(string path, out ReadOnlyMemory<byte> content) => DiskSourceProvider.Instance.TryRead(Path.Combine(folder, path), out content);

        public bool Exists(string path) => DiskSourceProvider.Instance.Exists(Path.Combine(folder, path));

        public bool DirectoryExists(string path) => DiskSourceProvider.Instance.DirectoryExists(Path.Combine(folder, path));
    }
}
