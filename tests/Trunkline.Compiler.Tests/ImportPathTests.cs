namespace Trunkline.Compiler.Tests;

/// <summary>How files are found along the import roots, and what names they get.</summary>
public class ImportPathTests
{
    private const string Empty = "syntax = \"proto3\";";

    [Fact]
    public void Import_FirstRootThatHasTheFile_Wins()
    {
        CompilationResult result = Compile(
            ["first", "second"],
            ["first/main.proto"],
            ("first/main.proto", Empty + "import \"shared.proto\"; message M { Shared s = 1; }"),
            ("first/shared.proto", Empty + "message Shared { string from_first = 1; }"),
            ("second/shared.proto", Empty + "message Shared { string from_second = 1; }"));
        Assert.Equal(["shared.proto", "main.proto"], result.Files.Select(file => file.Name));
        Assert.Equal("from_first", result.Files[0].MessageTypes[0].Fields[0].Name);
        Assert.Equal("first/shared.proto", result.DiskPaths["shared.proto"]);
    }

    [Fact]
    public void Input_BelowARoot_IsNamedRelativeToIt()
    {
        CompilationResult result = Compile(["src/protos"], ["src/protos/a/b.proto"], ("src/protos/a/b.proto", Empty));
        Assert.Equal(["a/b.proto"], result.RequestedFiles);
    }

    [Fact]
    public void Input_OutsideAllRoots_IsReported()
    {
        CompilationResult result = Compile(["protos"], ["other/a.proto"], ("other/a.proto", Empty), ("protos/x.proto", Empty));
        Assert.StartsWith("File does not reside within any path specified using --proto_path (or -I).", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Empty(result.Files);
    }

    [Fact]
    public void Input_HiddenByAnEarlierRoot_IsReported()
    {
        CompilationResult result = Compile(["one", "two"], ["two/a.proto"], ("one/a.proto", Empty), ("two/a.proto", Empty));
        Assert.Contains("Input is shadowed in the --proto_path by \"one/a.proto\".", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Input_GivenByItsName_IsFoundUnderARoot()
    {
        CompilationResult result = Compile(["protos"], ["a.proto"], ("protos/a.proto", Empty));
        Assert.True(result.Succeeded);
        Assert.Equal(["a.proto"], result.RequestedFiles);
    }

    [Fact]
    public void Root_WithAVirtualPath_NamesWhatLiesBelow()
    {
        var sources = new MemorySourceProvider();
        sources.Add("disk/a.proto", Empty + "message A {}");
        sources.Add("b.proto", Empty + "import \"virtual/dir/a.proto\"; message B { A a = 1; }");
        CompilationResult result = ProtoCompiler.Compile(new CompilerOptions
        {
            ImportRoots = [new ImportRoot("virtual/dir", "disk"), new ImportRoot("")],
            Files = ["b.proto", "disk/a.proto"],
            Sources = sources,
        });
        Assert.Equal(["b.proto", "virtual/dir/a.proto"], result.RequestedFiles);
        Assert.Equal(["virtual/dir/a.proto", "b.proto"], result.Files.Select(file => file.Name));
    }

    [Fact]
    public void Input_ThatIsNowhere_NamesTheRootsSearched()
    {
        CompilationResult result = Compile(["one", "two"], ["a.proto"], ("one/x.proto", Empty), ("two/x.proto", Empty));
        Assert.Equal("a.proto: File not found. Import roots searched: one, two", Assert.Single(result.Diagnostics).ToString());
    }

    [Fact]
    public void Import_ThatIsNowhere_NamesTheRootsSearchedAndItsPlace()
    {
        CompilationResult result = Compile(["one", "two"], ["main.proto"], ("one/main.proto", Empty + "\nimport \"gone.proto\";"), ("two/x.proto", Empty));
        Assert.Equal("main.proto:2:8: Import \"gone.proto\" was not found or had errors. Import roots searched: one, two", Assert.Single(result.Diagnostics).ToString());
    }

    [Fact]
    public void Root_ThatDoesNotExist_IsAWarning()
    {
        CompilationResult result = Compile(["gone", "there"], ["a.proto"], ("there/a.proto", Empty));
        Assert.True(result.Succeeded);
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(result.Diagnostics).Severity);
    }

    [Fact]
    public void Import_PublicChainOfThousands_NeedsNoStack()
    {
        const int Length = 2000;
        var sources = new MemorySourceProvider();
        for (int i = 0; i < Length; i++)
        {
            sources.Add($"f{i}.proto", i + 1 < Length ? $"{Empty} import public \"f{i + 1}.proto\";" : $"{Empty} message Last {{}}");
        }

        sources.Add("user.proto", Empty + "import \"f0.proto\"; message M { Last last = 1; }");
        CompilationResult result = ProtoCompiler.Compile(new CompilerOptions { Files = ["user.proto"], Sources = sources });
        Assert.Empty(result.Diagnostics);
        Assert.Equal(".Last", result.Files[^1].MessageTypes[0].Fields[0].TypeName);
    }

    [Fact]
    public void Import_ChainOfThousands_NeedsNoStack()
    {
        const int Length = 5000;
        var sources = new MemorySourceProvider();
        for (int i = 0; i < Length; i++)
        {
            sources.Add($"f{i}.proto", i + 1 < Length ? $"{Empty} package p{i}; import \"f{i + 1}.proto\"; message M {{ p{i + 1}.M next = 1; }}" : $"{Empty} package p{i}; message M {{}}");
        }

        CompilationResult result = ProtoCompiler.Compile(new CompilerOptions { Files = ["f0.proto"], Sources = sources });
        Assert.Empty(result.Diagnostics);
        Assert.Equal(Length, result.Files.Count);
    }

    [Fact]
    public void DescriptorFile_BrokenAndImportedByNobody_IsNotLookedAt()
    {
        CompilationResult result = Compile([""], ["x.proto"], ("google/protobuf/descriptor.proto", "message {"), ("x.proto", $"{Empty} option deprecated = true;"));
        Assert.Empty(result.Diagnostics);
        Assert.Single(result.Files);
    }

    [Fact]
    public void DescriptorFile_BrokenAndImported_IsReported()
    {
        CompilationResult result = Compile([""], ["x.proto"], ("google/protobuf/descriptor.proto", "message {"), ("x.proto", $"{Empty} import \"google/protobuf/descriptor.proto\";"));
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.File == "google/protobuf/descriptor.proto" && diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void File_ThatNeverEnds_IsTooLarge()
    {
        if (!File.Exists("/dev/zero"))
        {
            // Only some systems have such a file; the bound itself is the next test's.
            return;
        }

        CompilationResult result = ProtoCompiler.Compile(new CompilerOptions { ImportRoots = [new ImportRoot("/dev")], Files = ["/dev/zero"] });
        Assert.Equal("TL1222", Assert.Single(result.Diagnostics).Code);
    }

    [Theory]
    [InlineData(DiskSourceProvider.MostBytes, SourceReadResult.Found)]
    [InlineData(DiskSourceProvider.MostBytes + 1, SourceReadResult.TooLarge)]
    public void File_AtTheBound(long length, SourceReadResult expected)
    {
        string path = Path.GetTempFileName();
        try
        {
            using (FileStream file = File.OpenWrite(path))
            {
                file.SetLength(length);
            }

            Assert.Equal(expected, DiskSourceProvider.Instance.TryRead(path, out ReadOnlyMemory<byte> content));
            Assert.Equal(expected == SourceReadResult.Found ? length : 0, content.Length);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Diagnostic_PrintsInBothForms()
    {
        Diagnostic error = Assert.Single(Corpus.CompileText("syntax = \"proto3\";\nmessage A { string = 1; }").Diagnostics);
        Assert.Equal("x.proto:2:20: Expected field name.", error.ToGccString());
        Assert.Equal("x.proto(2) : error in column=20: Expected field name.", error.ToMsvsString());
    }

    private static CompilationResult Compile(string[] roots, string[] files, params (string Path, string Text)[] sources)
    {
        var provider = new MemorySourceProvider();
        foreach ((string path, string text) in sources)
        {
            provider.Add(path, text);
        }

        return ProtoCompiler.Compile(new CompilerOptions { ImportRoots = [.. roots.Select(root => new ImportRoot(root))], Files = files, Sources = provider });
    }
}
