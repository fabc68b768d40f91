using System.Globalization;

namespace Trunkline.Build.Tests;

/// <summary>What a second build does, and what it leaves alone.</summary>
public sealed class IncrementalTests : IDisposable
{
    private readonly ProjectFolder _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void ChangedLeaf_RegeneratesItsDependantsAndNothingElse()
    {
        _project.WriteMessage("leaf.proto", "Leaf");
        _project.WriteMessage("other.proto", "Other");
        _project.Write("middle.proto", "syntax = \"proto3\";\npackage t;\nimport \"leaf.proto\";\nmessage Middle { Leaf leaf = 1; }\n");
        _project.Write("top.proto", "syntax = \"proto3\";\npackage t;\nimport \"middle.proto\";\nmessage Top { Middle middle = 1; }\n");
        string[] names = ["leaf.proto", "other.proto", "middle.proto", "top.proto"];
        Build(names);
        Assert.Equal(4, _project.CompiledCount);
        var stamps = Stamps("Other.cs", "Top.cs");

        _project.Write("leaf.proto", "syntax = \"proto3\";\npackage t;\nmessage Leaf { int32 a = 1; int32 b = 2; }\n");
        Assert.Equal(4, Build(names)!.Length);
        Assert.Equal(3, _project.CompiledCount);

        // Top was generated again and came out the same, so it was not written.
        Assert.Equal(stamps, Stamps("Other.cs", "Top.cs"));
        Assert.Contains("int B", File.ReadAllText(_project.PathOf("obj/protobuf/Leaf.cs")), StringComparison.Ordinal);
        Build(names);
        Assert.Equal(0, _project.CompiledCount);
    }

    [Fact]
    public void NewItem_IsTheOnlyOneCompiled()
    {
        _project.WriteMessage("a.proto", "A");
        _project.Write("b.proto", "syntax = \"proto3\";\npackage t;\nimport \"a.proto\";\nmessage B { A a = 1; }\n");
        Build("a.proto");
        Assert.Equal(["obj/protobuf/A.cs", "obj/protobuf/B.cs"], Build("a.proto", "b.proto")!);
        Assert.Equal(1, _project.CompiledCount);
    }

    [Theory]
    [InlineData("syntax = \"proto3\";\npackage t;\nmessage A {}\n")]
    [InlineData("syntax = \"proto3\";\npackage t.A;\nmessage Other {}\n")]
    [InlineData("syntax = \"proto3\";\npackage t;\nenum E { A = 0; }\n")]
    public void NewDeclaration_ThatAFileNotCompiledHas_IsAnError(string content)
    {
        _project.WriteMessage("a.proto", "A");
        _project.WriteMessage("b.proto", "B");
        Build("a.proto", "b.proto");
        _project.Write("b.proto", content);
        Assert.Null(Build("a.proto", "b.proto"));
        Assert.Contains(_project.Engine.Errors, error => error.Message!.Contains("already defined", StringComparison.Ordinal));
        Assert.Contains("class B", File.ReadAllText(_project.PathOf("obj/protobuf/B.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void FileThatArrivesInAnEarlierRoot_IsFound()
    {
        _project.WriteMessage("more/used.proto", "Old");
        _project.Write("a.proto", "syntax = \"proto3\";\npackage t;\nimport public \"used.proto\";\n");
        var item = ProjectFolder.Item("a.proto", ("AdditionalImportDirs", "more"));
        Assert.NotNull(_project.Build(item));
        _project.WriteMessage("used.proto", "New");
        Assert.NotNull(_project.Build(item));
        Assert.Equal(1, _project.CompiledCount);
    }

    [Fact]
    public void DeletedImport_IsAnErrorAtTheImport()
    {
        _project.WriteMessage("more/used.proto", "Used");
        _project.Write("a.proto", "syntax = \"proto3\";\npackage t;\nimport \"more/used.proto\";\nmessage A { Used u = 1; }\n");
        Build("a.proto");
        File.Delete(_project.PathOf("more/used.proto"));
        Assert.Null(Build("a.proto"));
        var error = _project.Engine.Errors[0];
        Assert.Equal((_project.PathOf("a.proto"), 3), (error.File, error.LineNumber));
        Assert.Contains("AdditionalImportDirs", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_project.PathOf("obj/protobuf/A.cs")));
    }

    [Fact]
    public void EditedOutput_IsWrittenAgain()
    {
        _project.WriteMessage("a.proto", "A");
        Build("a.proto");
        var path = _project.PathOf("obj/protobuf/A.cs");
        var content = File.ReadAllText(path);
        File.WriteAllText(path, "// mine");
        Build("a.proto");
        Assert.Equal(content, File.ReadAllText(path));
    }

    [Fact]
    public void ChangedMetadata_Regenerates()
    {
        _project.WriteMessage("a.proto", "A");
        _project.WriteMessage("b.proto", "B");
        Build("a.proto", "b.proto");
        Assert.NotNull(_project.Build(ProjectFolder.Item("a.proto", ("Access", "Internal")), ProjectFolder.Item("b.proto")));
        Assert.Equal(1, _project.CompiledCount);
        Assert.Contains("internal sealed partial class A", File.ReadAllText(_project.PathOf("obj/protobuf/A.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_AreRepeatedUntilTheirCauseGoes()
    {
        _project.WriteMessage("import.proto", "Unused");
        _project.WriteMessage("other.proto", "Other");
        _project.Write("a.proto", "syntax = \"proto3\";\nimport \"import.proto\";\nmessage A {}\n");
        Build("a.proto", "other.proto");
        Build("a.proto", "other.proto");
        Assert.Equal(0, _project.CompiledCount);
        var warning = Assert.Single(_project.Engine.Warnings);
        Assert.Equal((_project.PathOf("a.proto"), 2, 1), (warning.File, warning.LineNumber, warning.ColumnNumber));

        _project.WriteMessage("other.proto", "Changed");
        Build("a.proto", "other.proto");
        Assert.Equal(1, _project.CompiledCount);
        Assert.Single(_project.Engine.Warnings);

        _project.WriteMessage("a.proto", "A");
        Build("a.proto", "other.proto");
        Assert.Empty(_project.Engine.Warnings);
    }

    [Fact]
    public void WarningsOfFilesThatAreOnlyImported_AreForTheirOwners()
    {
        _project.WriteMessage("unused.proto", "Unused");
        _project.Write("import.proto", "syntax = \"proto3\";\npackage t;\nimport \"unused.proto\";\nmessage Used {}\n");
        _project.Write("a.proto", "syntax = \"proto3\";\npackage t;\nimport \"import.proto\";\nmessage A { Used u = 1; }\n");
        Assert.NotNull(Build("a.proto"));
        Assert.Empty(_project.Engine.Warnings);
    }

    [Fact]
    public void OtherCompiler_CompilesAllAndWritesWhatDiffers()
    {
        _project.WriteMessage("a.proto", "A");
        Build("a.proto");
        var stamps = Stamps("A.cs");
        var state = File.ReadAllLines(_project.PathOf("obj/test.state"));
        state[1] = "tool\tother\tother";
        _project.Write("obj/test.state", string.Join('\n', state));
        Build("a.proto");
        Assert.Equal(1, _project.CompiledCount);
        Assert.Equal(stamps, Stamps("A.cs"));
    }

    [Fact]
    public void StateThatIsCutShort_MeansToBuild()
    {
        _project.WriteMessage("a.proto", "A");
        Build("a.proto");
        var state = File.ReadAllText(_project.PathOf("obj/test.state"));
        for (var length = 0; length < state.Length - 1; length += 7)
        {
            _project.Write("obj/test.state", state[..length]);
            Assert.NotNull(Build("a.proto"));
            Assert.Equal(1, _project.CompiledCount);
        }
    }

    [Fact]
    public void LastItemRemoved_TakesAllCodeAlong()
    {
        _project.WriteMessage("a.proto", "A");
        Build("a.proto");
        Assert.Empty(Build()!);
        Assert.False(File.Exists(_project.PathOf("obj/protobuf/A.cs")));
    }

    private string[]? Build(params string[] names) => _project.Build([.. names.Select(name => ProjectFolder.Item(name))]);

    private string[] Stamps(params string[] names)
        => [.. names.Select(name => File.GetLastWriteTimeUtc(_project.PathOf("obj/protobuf/" + name)).Ticks.ToString(CultureInfo.InvariantCulture))];
}
