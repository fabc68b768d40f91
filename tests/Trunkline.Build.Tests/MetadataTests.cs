using Microsoft.Build.Framework;
using Trunkline.Build.Items;

namespace Trunkline.Build.Tests;

/// <summary>The metadata that users know, and what is said about what they did not mean.</summary>
public sealed class MetadataTests : IDisposable
{
    private const string Service = "syntax = \"proto3\";\npackage t;\nmessage M {}\nservice S { rpc Call(M) returns (M); }\n";

    private readonly ProjectFolder _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void OutputOptions_ReachTheirGenerators()
    {
        _project.Write("s.proto", Service);
        Assert.Equal(
            ["obj/protobuf/S.g.cs", "obj/protobuf/S.rpc.cs"],
            _project.Build(ProjectFolder.Item("s.proto", ("OutputOptions", "file_extension=.g.cs;serializable"), ("GrpcOutputOptions", "file_suffix=.rpc.cs")))!);
        Assert.Contains("Serializable", File.ReadAllText(_project.PathOf("obj/protobuf/S.g.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownOption_IsAnErrorOfTheItem()
    {
        _project.Write("s.proto", Service);
        Assert.Null(_project.Build(ProjectFolder.Item("s.proto", ("OutputOptions", "no_such"))));
        var error = Assert.Single(_project.Engine.Errors);
        Assert.Equal(("TL9003", _project.PathOf("s.proto")), (error.Code, error.File));
        Assert.Contains("no_such", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GrpcOutputDir_TakesServices()
    {
        _project.Write("s.proto", Service);
        Assert.Equal(["gen/S.cs", "stubs/SGrpc.cs"], _project.Build(ProjectFolder.Item("s.proto", ("OutputDir", "gen"), ("GrpcOutputDir", "stubs")))!);
        Assert.Equal(["gen/S.cs", "gen/SGrpc.cs"], _project.Build(ProjectFolder.Item("s.proto", ("OutputDir", "gen")))!);
        Assert.False(File.Exists(_project.PathOf("stubs/SGrpc.cs")));
    }

    [Fact]
    public void CompileOutputsFalse_GeneratesAndDoesNotCompile()
    {
        _project.WriteMessage("a.proto", "A");
        Assert.Empty(_project.Build(ProjectFolder.Item("a.proto", ("CompileOutputs", "false")))!);
        Assert.True(File.Exists(_project.PathOf("obj/protobuf/A.cs")));
        Assert.Equal(["obj/protobuf/A.cs"], _project.Build(ProjectFolder.Item("a.proto", ("CompileOutputs", "True")))!);
        Assert.Equal(0, _project.CompiledCount);
    }

    [Fact]
    public void ProtoCompileFalse_IsThereToBeImported()
    {
        _project.WriteMessage("a.proto", "A");
        _project.Write("b.proto", "syntax = \"proto3\";\npackage t;\nimport \"a.proto\";\nmessage B { A a = 1; }\n");
        Assert.Equal(["obj/protobuf/B.cs"], _project.Build(ProjectFolder.Item("a.proto", ("ProtoCompile", "false")), ProjectFolder.Item("b.proto"))!);
    }

    [Fact]
    public void AdditionalProtocArguments_ThatHaveAMeaningHere_AreTaken()
    {
        _project.WriteMessage("more/used.proto", "Used");
        _project.Write("a.proto", "syntax = \"proto3\";\npackage t;\nimport \"used.proto\";\nmessage A { Used u = 1; }\n");
        var arguments = "-Imore;--csharp_opt=file_extension=.g.cs;--experimental_allow_proto3_optional";
        Assert.Equal(["obj/protobuf/A.g.cs"], _project.Build(ProjectFolder.Item("a.proto", ("AdditionalProtocArguments", arguments)))!);
    }

    [Fact]
    public void AdditionalProtocArguments_ThatHaveNone_AreAnError()
    {
        _project.WriteMessage("a.proto", "A");
        Assert.Null(_project.Build(ProjectFolder.Item("a.proto", ("AdditionalProtocArguments", "--descriptor_set_out=x.pb"))));
        Assert.Contains("\"--descriptor_set_out=x.pb\" cannot be used in a build", Assert.Single(_project.Engine.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GrpcService", "GrpcServices")]
    [InlineData("AdditionalImportDir", "AdditionalImportDirs")]
    [InlineData("protorot", "ProtoRoot")]
    [InlineData("OutptuDir", "OutputDir")]
    public void MisspeltMetadata_DrawsAWarning(string name, string meant)
    {
        _project.WriteMessage("a.proto", "A");
        Assert.NotNull(_project.Build(ProjectFolder.Item("a.proto")));
        Assert.NotNull(_project.Build(ProjectFolder.Item("a.proto", (name, "x"))));
        var warning = Assert.Single(_project.Engine.Warnings);
        Assert.Equal(("TL9005", "a.proto"), (warning.Code, warning.File));
        Assert.Contains($"Did you mean {meant}?", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Link")]
    [InlineData("visible")]
    [InlineData("Pack")]
    [InlineData("MyOwnMetadata")]
    [InlineData("grpcservices")]
    public void OtherMetadata_DrawsNone(string name)
    {
        _project.WriteMessage("a.proto", "A");
        Assert.NotNull(_project.Build(ProjectFolder.Item("a.proto", (name, "None"))));
        Assert.Empty(_project.Engine.Warnings);
    }

    [Fact]
    public void GrpcPluginExe_IsSaidToHaveNoEffect()
    {
        _project.WriteMessage("a.proto", "A");
        Assert.NotNull(_project.Build(ProjectFolder.Item("a.proto", ("GrpcPluginExe", "/x/plugin"))));
        Assert.Contains("GrpcPluginExe has no effect", Assert.Single(_project.Engine.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneFileNameBelowTwoRoots_GivesTwoFilesOfCode()
    {
        _project.WriteMessage("../one/common.proto", "One");
        _project.WriteMessage("../two/common.proto", "Two");
        ITaskItem[] items = [ProjectFolder.Item("../one/common.proto"), ProjectFolder.Item("../two/common.proto")];
        var files = _project.Build(items)!;
        Assert.Equal(2, files.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("class One", File.ReadAllText(_project.PathOf("obj/protobuf/Common.cs")), StringComparison.Ordinal);
        Assert.Equal(files, _project.Build(items));
        Assert.Equal(0, _project.CompiledCount);
    }

    [Fact]
    public void OneFileTwice_SaysWhatToDo()
    {
        _project.WriteMessage("a.proto", "A");
        Assert.Null(_project.Build(ProjectFolder.Item("a.proto"), ProjectFolder.Item("./a.proto")));
        var message = Assert.Single(_project.Engine.Errors).Message;
        Assert.Contains("is listed twice, as \"a.proto\" and as \"./a.proto\"", message, StringComparison.Ordinal);
        Assert.Contains("<Protobuf Update=", message, StringComparison.Ordinal);
    }

    [Fact]
    public void FileThatNobodyGenerated_IsNotOverwritten()
    {
        _project.WriteMessage("greeter.proto", "A");
        _project.Write("Greeter.cs", "class Mine {}");
        Assert.Null(_project.Build(ProjectFolder.Item("greeter.proto", ("OutputDir", "."))));
        var error = Assert.Single(_project.Engine.Errors);
        Assert.Equal("TL9006", error.Code);
        Assert.Contains(_project.PathOf("Greeter.cs"), error.Message, StringComparison.Ordinal);
        Assert.Equal("class Mine {}", File.ReadAllText(_project.PathOf("Greeter.cs")));
    }

    [Theory]
    [InlineData("a b.proto")]
    [InlineData("Jörg Ωmega 日本 (x)/ä.proto")]
    [InlineData("one;two/100%25 of@it$(x)'s.proto")]
    [InlineData("tab\tand*star?/a.proto")]
    public void AnyName_IsReadAndGivenBackAsMSBuildWritesIt(string name)
    {
        if (OperatingSystem.IsWindows() && name.IndexOfAny(['\t', '*', '?']) >= 0)
        {
            // Such names cannot be there.
            return;
        }

        _project.WriteMessage(name, "A");
        var item = ItemText.ForPath(name);
        var file = Assert.Single(_project.Build(item)!);
        Assert.True(File.Exists(_project.PathOf(file)));
        Assert.Equal([file], _project.Build(item)!);
        Assert.Equal(0, _project.CompiledCount);
    }

    [Fact]
    public void ImportFolderWithASemicolon_IsOneFolder()
    {
        _project.WriteMessage("one;two/used.proto", "Used");
        _project.Write("a.proto", "syntax = \"proto3\";\npackage t;\nimport \"used.proto\";\nmessage A { Used u = 1; }\n");
        Assert.NotNull(_project.Build(ProjectFolder.Item("a.proto", ("AdditionalImportDirs", "one%3btwo"))));
    }

    [Fact]
    public void FileThatStandsBeforeTheOneThatAnotherOwnerMeans_DrawsAWarning()
    {
        _project.WriteMessage("../other/common.proto", "Common");
        _project.Write("../other/used.proto", "syntax = \"proto3\";\npackage t;\nimport \"common.proto\";\nmessage Used { Common c = 1; }\n");
        _project.WriteMessage("common.proto", "Common");
        _project.Write("a.proto", "syntax = \"proto3\";\npackage t;\nimport \"used.proto\";\nmessage A { Used u = 1; }\n");
        ITaskItem[] items = [ProjectFolder.Item("a.proto"), ProjectFolder.Item("common.proto")];
        _project.Configure = task => task.ImportDirectories = [ProjectFolder.Item("../other")];
        Assert.NotNull(_project.Build(items));
        var warning = Assert.Single(_project.Engine.Warnings);
        Assert.Equal(("TL9009", _project.PathOf("common.proto")), (warning.Code, warning.File));
        Assert.NotNull(_project.Build(items));
        Assert.Single(_project.Engine.Warnings);
    }

    [Fact]
    public void LongPath_Works()
    {
        var folder = string.Join('/', Enumerable.Repeat(new string('x', 60), 8));
        _project.WriteMessage($"{folder}/a.proto", "A");
        Assert.Equal([$"obj/protobuf/{folder}/A.cs"], _project.Build(ProjectFolder.Item($"{folder}/a.proto"))!);
    }
}
