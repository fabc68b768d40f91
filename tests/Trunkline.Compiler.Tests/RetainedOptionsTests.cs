using Trunkline.Descriptors;

namespace Trunkline.Compiler.Tests;

/// <summary>Options that are for the compiler alone; that they equal protoc's byte for byte is seen on the corpus.</summary>
public class RetainedOptionsTests
{
    private const string Text = """
        edition = "2024";
        package p;
        option features.enforce_naming_style = STYLE_LEGACY;
        message lower {}
        """;

    [Fact]
    public void Files_LackThem_AndFilesWithAllOptionsHaveThem()
    {
        CompilationResult result = Compile(Text, retainOptions: true);
        Assert.Null(result.Files[0].Options!.Features!.EnforceNamingStyle);
        Assert.Equal(EnforceNamingStyle.StyleLegacy, result.FilesWithAllOptions[0].Options!.Features!.EnforceNamingStyle);
    }

    [Fact]
    public void FileWithoutThem_IsBuiltOnce()
    {
        CompilationResult result = Compile("edition = \"2024\"; package p; option java_package = \"a\"; message M {}", retainOptions: true);
        Assert.Same(result.Files[0], result.FilesWithAllOptions[0]);
    }

    [Fact]
    public void NotAskedFor_SaysWhatToDo()
    {
        CompilationResult result = Compile(Text, retainOptions: false);
        var problem = Assert.Throws<InvalidOperationException>(() => result.ToDescriptorSet(includeImports: false, includeSourceInfo: false, retainOptions: true));
        Assert.Contains("CompilerOptions.RetainOptions", problem.Message, StringComparison.Ordinal);
    }

    private static CompilationResult Compile(string text, bool retainOptions)
    {
        var sources = new MemorySourceProvider();
        sources.Add("x.proto", text);
        CompilationResult result = ProtoCompiler.Compile(new CompilerOptions { Files = ["x.proto"], Sources = sources, RetainOptions = retainOptions });
        Assert.Empty(result.Diagnostics);
        return result;
    }
}
