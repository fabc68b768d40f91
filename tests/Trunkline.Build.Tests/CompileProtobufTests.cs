namespace Trunkline.Build.Tests;

public sealed class CompileProtobufTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    private readonly ProjectFolder _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Files_AreGeneratedBelowTheFolderOfTheirSource()
    {
        _project.WriteMessage("a.proto", "A");
        _project.WriteMessage("sub/a.proto", "B");
        Assert.Equal(["obj/protobuf/A.cs", "obj/protobuf/sub/A.cs"], _project.Build(ProjectFolder.Item("a.proto"), ProjectFolder.Item("sub/a.proto"))!);
    }

    [Theory]
    [InlineData("Both", true, true)]
    [InlineData("client", true, false)]
    [InlineData("Server", false, true)]
    [InlineData("None", false, false)]
    public void GrpcServices_ChoosesTheHalves(string services, bool client, bool server)
    {
        _project.Write("s.proto", "syntax = \"proto3\";\nmessage M {}\nservice S { rpc Call(M) returns (M); }\n");
        Assert.NotNull(_project.Build(ProjectFolder.Item("s.proto", ("GrpcServices", services))));
        var path = _project.PathOf("obj/protobuf/SGrpc.cs");
        var code = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.Equal(client, code.Contains("class SClient", StringComparison.Ordinal));
        Assert.Equal(server, code.Contains("class SBase", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("message M {}\n", "Old.cs")]
    [InlineData("syntax = \"proto2\";\nmessage M { optional int32 a = 1 [default = 5]; }\n", "Old.cs")]
    [InlineData("syntax = \"proto2\";\nmessage M {}\nservice S { rpc Call(M) returns (M); }\n", "Old.cs", "OldGrpc.cs")]
    public void Proto2_Builds(string content, params string[] files)
    {
        _project.Write("old.proto", content);
        Assert.Equal(files.Select(file => "obj/protobuf/" + file), _project.Build(ProjectFolder.Item("old.proto"))!);
    }

    [Fact]
    public void SecondBuild_WritesNothing()
    {
        _project.WriteMessage("a.proto", "A");
        var first = _project.Build(ProjectFolder.Item("a.proto"));
        var written = File.GetLastWriteTimeUtc(_project.PathOf("obj/protobuf/A.cs"));
        MakeOld("obj/test.state");
        Assert.Equal(first, _project.Build(ProjectFolder.Item("a.proto")));
        Assert.Equal(written, File.GetLastWriteTimeUtc(_project.PathOf("obj/protobuf/A.cs")));
        Assert.True(IsOld("obj/test.state"));
    }

    [Fact]
    public void TouchedFile_WithTheSameContent_IsNotCompiledAgain()
    {
        _project.WriteMessage("a.proto", "A");
        _project.Build(ProjectFolder.Item("a.proto"));
        MakeOld("a.proto");
        Assert.NotNull(_project.Build(ProjectFolder.Item("a.proto")));
        Assert.Equal(0, _project.CompiledCount);

        // The new time is noted, so that the next build need not read the file.
        MakeOld("obj/test.state");
        Assert.NotNull(_project.Build(ProjectFolder.Item("a.proto")));
        Assert.True(IsOld("obj/test.state"));
    }

    [Fact]
    public void ChangedFile_RewritesOnlyItsOwnCode()
    {
        _project.WriteMessage("a.proto", "A");
        _project.WriteMessage("b.proto", "B");
        _project.Build(ProjectFolder.Item("a.proto"), ProjectFolder.Item("b.proto"));
        MakeOld("obj/protobuf/A.cs");
        MakeOld("obj/protobuf/B.cs");
        _project.WriteMessage("b.proto", "Changed");
        Assert.NotNull(_project.Build(ProjectFolder.Item("a.proto"), ProjectFolder.Item("b.proto")));
        Assert.True(IsOld("obj/protobuf/A.cs"));
        Assert.Contains("class Changed", File.ReadAllText(_project.PathOf("obj/protobuf/B.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void ChangedImport_CompilesAgain()
    {
        _project.WriteMessage("import.proto", "Used");
        _project.Write("a.proto", "syntax = \"proto3\";\npackage t;\nimport \"import.proto\";\nmessage A { Used u = 1; }\n");
        _project.Build(ProjectFolder.Item("a.proto"));
        _project.WriteMessage("import.proto", "Other");
        Assert.Null(_project.Build(ProjectFolder.Item("a.proto")));
        Assert.Contains(_project.Engine.Errors, error => error.Message!.Contains("\"Used\" is not defined", StringComparison.Ordinal));
    }

    [Fact]
    public void DeletedOutput_ComesBack()
    {
        _project.WriteMessage("a.proto", "A");
        _project.Build(ProjectFolder.Item("a.proto"));
        File.Delete(_project.PathOf("obj/protobuf/A.cs"));
        Assert.NotNull(_project.Build(ProjectFolder.Item("a.proto")));
        Assert.True(File.Exists(_project.PathOf("obj/protobuf/A.cs")));
    }

    [Fact]
    public void RemovedItem_TakesItsCodeAlong()
    {
        _project.WriteMessage("a.proto", "A");
        _project.WriteMessage("b.proto", "B");
        _project.Build(ProjectFolder.Item("a.proto"), ProjectFolder.Item("b.proto"));
        Assert.Equal(["obj/protobuf/A.cs"], _project.Build(ProjectFolder.Item("a.proto"))!);
        Assert.False(File.Exists(_project.PathOf("obj/protobuf/B.cs")));
    }

    [Fact]
    public void BrokenState_MeansToBuild()
    {
        _project.WriteMessage("a.proto", "A");
        _project.Write("obj/test.state", "what is this\n");
        Assert.Equal(["obj/protobuf/A.cs"], _project.Build(ProjectFolder.Item("a.proto"))!);
    }

    [Fact]
    public void Errors_AreReportedAtTheirPlaceAndNothingIsWritten()
    {
        _project.WriteMessage("a.proto", "A");
        _project.Write("bad.proto", "syntax = \"proto3\";\nmessage M {\n  Missing a = 1;\n}\n");
        Assert.Null(_project.Build(ProjectFolder.Item("a.proto"), ProjectFolder.Item("bad.proto")));
        var error = Assert.Single(_project.Engine.Errors);
        Assert.Equal((_project.PathOf("bad.proto"), 3, 3), (error.File, error.LineNumber, error.ColumnNumber));
        Assert.Equal("\"Missing\" is not defined.", error.Message);
        Assert.Equal((3, 10, "Trunkline." + error.Code), (error.EndLineNumber, error.EndColumnNumber, error.HelpKeyword));
        Assert.StartsWith("TL", error.Code, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_project.PathOf("obj/protobuf")));
    }

    [Fact]
    public void MissingFile_IsAnError()
    {
        Assert.Null(_project.Build(ProjectFolder.Item("none.proto")));
        var error = Assert.Single(_project.Engine.Errors);
        Assert.EndsWith("none.proto", error.File, StringComparison.Ordinal);
        Assert.StartsWith("File not found.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hint_IsPartOfTheMessage()
    {
        _project.Write("a.proto", "syntax = \"proto3\";\nmessage A { google.protobuf.Timestamp at = 1; }\n");
        Assert.Null(_project.Build(ProjectFolder.Item("a.proto")));
        Assert.EndsWith("is not defined. (add: import \"google/protobuf/timestamp.proto\";)", Assert.Single(_project.Engine.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_DoNotStopTheBuild()
    {
        _project.WriteMessage("import.proto", "Unused");
        _project.Write("a.proto", "syntax = \"proto3\";\nimport \"import.proto\";\nmessage A {}\n");
        Assert.NotNull(_project.Build(ProjectFolder.Item("a.proto")));
        Assert.Equal(_project.PathOf("a.proto"), Assert.Single(_project.Engine.Warnings).File);
    }

    [Theory]
    [InlineData("GrpcServices", "Sever", "Use None, Client, Server or Both.")]
    [InlineData("Access", "Private", "Use Public or Internal.")]
    public void UnknownMetadata_IsAnErrorThatSaysWhatIsKnown(string name, string value, string advice)
    {
        _project.WriteMessage("a.proto", "A");
        Assert.Null(_project.Build(ProjectFolder.Item("a.proto", (name, value))));
        var error = Assert.Single(_project.Engine.Errors);
        Assert.Equal("a.proto", error.File);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProtoRootAndImportDirs_AreSearched()
    {
        _project.WriteMessage("protos/a.proto", "A");
        _project.Write("protos/b.proto", "syntax = \"proto3\";\npackage t;\nimport \"a.proto\";\nimport \"c.proto\";\nmessage B { A a = 1; C c = 2; }\n");
        _project.WriteMessage("more/c.proto", "C");
        Assert.Equal(["obj/protobuf/B.cs"], _project.Build(ProjectFolder.Item("protos/b.proto", ("ProtoRoot", "protos"), ("AdditionalImportDirs", "none;more")))!);
    }

    [Fact]
    public void FileOutsideTheProject_IsItsOwnRoot()
    {
        _project.WriteMessage("../shared/a.proto", "A");
        Assert.Equal(["obj/protobuf/A.cs"], _project.Build(ProjectFolder.Item("../shared/a.proto"))!);
    }

    [Fact]
    public void TwoFilesWithOneOutput_AreAnError()
    {
        _project.WriteMessage("a_b.proto", "A");
        _project.WriteMessage("a-b.proto", "B");
        Assert.Null(_project.Build(ProjectFolder.Item("a_b.proto"), ProjectFolder.Item("a-b.proto")));
        Assert.Contains("AB.cs", Assert.Single(_project.Engine.Errors).Message, StringComparison.Ordinal);
        Assert.NotNull(_project.Build(ProjectFolder.Item("a_b.proto"), ProjectFolder.Item("a-b.proto", ("OutputDir", "obj/other"))));
    }

    [Fact]
    public void SameFileTwice_IsAnErrorAndNoCrash()
    {
        _project.WriteMessage("a.proto", "A");
        Assert.Null(_project.Build(ProjectFolder.Item("a.proto"), ProjectFolder.Item("./a.proto")));
        Assert.NotEmpty(_project.Engine.Errors);
    }

    private void MakeOld(string name) => File.SetLastWriteTimeUtc(_project.PathOf(name), LongAgo);

    private bool IsOld(string name) => File.GetLastWriteTimeUtc(_project.PathOf(name)) == LongAgo;
}
