using Microsoft.Build.Framework;
using Trunkline.Build.Generations;
using Trunkline.Build.Reports;
using Trunkline.Compiler;
using Trunkline.Descriptors;

namespace Trunkline.Build.Tests;

/// <summary>Builds that cannot succeed, and what they leave.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly ProjectFolder _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void BrokenFile_LeavesTheCodeOfTheLastBuild()
    {
        _project.WriteMessage("a.proto", "A");
        _project.WriteMessage("b.proto", "B");
        ITaskItem[] items = [ProjectFolder.Item("a.proto"), ProjectFolder.Item("b.proto")];
        _project.Build(items);
        var written = File.GetLastWriteTimeUtc(_project.PathOf("obj/protobuf/A.cs"));
        _project.Write("a.proto", "syntax = \"proto3\";\nmessage A { Missing a = 1; }\n");
        _project.WriteMessage("b.proto", "Changed");
        Assert.Null(_project.Build(items));
        Assert.Equal(written, File.GetLastWriteTimeUtc(_project.PathOf("obj/protobuf/A.cs")));
        Assert.Contains("class B", File.ReadAllText(_project.PathOf("obj/protobuf/B.cs")), StringComparison.Ordinal);

        _project.WriteMessage("a.proto", "A");
        Assert.NotNull(_project.Build(items));
        Assert.Contains("class Changed", File.ReadAllText(_project.PathOf("obj/protobuf/B.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void BrokenFileInADesignTimeBuild_IsAWarningAndKeepsTheModel()
    {
        _project.WriteMessage("a.proto", "A");
        var first = _project.Build(ProjectFolder.Item("a.proto"));
        _project.Configure = task => task.DesignTime = true;
        _project.Write("a.proto", "syntax = \"proto3\";\nmessage A {\n");
        Assert.Equal(first, _project.Build(ProjectFolder.Item("a.proto")));
        Assert.Empty(_project.Engine.Errors);
        Assert.NotEmpty(_project.Engine.Warnings);
        Assert.True(File.Exists(_project.PathOf("obj/protobuf/A.cs")));
    }

    [Fact]
    public void RelatedPlace_IsAMessageOfItsOwn()
    {
        _project.Write("a.proto", "syntax = \"proto3\";\nmessage A {}\nmessage A {}\n");
        Assert.Null(_project.Build(ProjectFolder.Item("a.proto")));
        var error = Assert.Single(_project.Engine.Errors);
        Assert.Equal((3, 9, 3, 10), (error.LineNumber, error.ColumnNumber, error.EndLineNumber, error.EndColumnNumber));
        var related = Assert.Single(_project.Engine.Messages, message => message.Code is not null);
        Assert.Equal((_project.PathOf("a.proto"), 2, 9, error.Code, "first defined here"), (related.File, related.LineNumber, related.ColumnNumber, related.Code, related.Message));
    }

    [Fact]
    public void FaultOfOurs_IsOneErrorThatNamesIt()
    {
        _project.WriteMessage("a.proto", "A");
        _project.Generators = Generators(_ => throw new InvalidOperationException("oh dear"));
        Assert.Null(_project.Build(ProjectFolder.Item("a.proto")));
        var error = Assert.Single(_project.Engine.Errors);
        Assert.Equal("TL9000", error.Code);
        Assert.Contains("InvalidOperationException: oh dear", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.Message, StringComparison.Ordinal);
        Assert.Contains(_project.Engine.Messages, message => message.Importance == MessageImportance.Low && message.Message!.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public void Cancellation_EndsTheBuildAndWritesNothing()
    {
        _project.WriteMessage("a.proto", "A");
        CompileProtobuf? running = null;
        _project.Configure = task => running = task;
        _project.Generators = Generators(request =>
        {
            running!.Cancel();
            return new CSharpGenerator().Generate(request, CancellationToken.None);
        });
        Assert.Null(_project.Build(ProjectFolder.Item("a.proto")));
        Assert.Empty(_project.Engine.Errors);
        Assert.False(Directory.Exists(_project.PathOf("obj")));
    }

    [Fact]
    public void WhatAGeneratorDoesNotClaimToKnow_IsAnError()
    {
        _project.Write("a.proto", "syntax = \"proto3\";\nmessage A { optional int32 a = 1; }\n");
        _project.Generators = Generators(_ => new GeneratedFiles { SupportedFeatures = PluginFeatures.None });
        Assert.Null(_project.Build(ProjectFolder.Item("a.proto")));
        var error = Assert.Single(_project.Engine.Errors);
        Assert.Equal(("TL9003", _project.PathOf("a.proto")), (error.Code, error.File));
        Assert.Contains("hasn't been updated to support", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ItemsWithEqualOptions_AreOneRequest()
    {
        var requests = new List<string>();
        _project.Generators = Generators(request =>
        {
            requests.Add(string.Join(' ', request.FilesToGenerate));
            return new GeneratedFiles();
        });
        foreach (var name in new[] { "a", "b", "c" })
        {
            _project.WriteMessage(name + ".proto", name.ToUpperInvariant());
        }

        Assert.NotNull(_project.Build(ProjectFolder.Item("a.proto"), ProjectFolder.Item("b.proto", ("Access", "Internal")), ProjectFolder.Item("c.proto")));
        Assert.Equal(["a.proto c.proto", "b.proto"], requests);
    }

    [Fact]
    public void OutputFolderThatCannotBe_IsAnErrorThatNamesIt()
    {
        _project.WriteMessage("a.proto", "A");
        _project.Write("file", "no folder");
        Assert.Null(_project.Build(ProjectFolder.Item("a.proto", ("OutputDir", "file/below"))));
        var error = Assert.Single(_project.Engine.Errors);
        Assert.Equal("TL9002", error.Code);
        Assert.Contains("file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clean_DeletesCodeWhereverItLiesAndTheNotes()
    {
        _project.WriteMessage("a.proto", "A");
        _project.Write("gen/Mine.cs", "class Mine {}");
        _project.Build(ProjectFolder.Item("a.proto", ("OutputDir", "gen")));
        Assert.True(_project.Clean());
        Assert.True(_project.Clean());
        Assert.Equal([_project.PathOf("gen/Mine.cs")], Directory.GetFiles(_project.PathOf("gen")));
        Assert.False(File.Exists(_project.PathOf("obj/test.state")));
    }

    [Theory]
    [InlineData("abc", 2, 2)]
    [InlineData("äbc", 3, 2)]
    [InlineData("日本x", 7, 3)]
    [InlineData("\ud83d\ude00x", 5, 3)]
    [InlineData("\tx", 9, 2)]
    [InlineData("ab\tx", 9, 4)]
    [InlineData("ab", 3, 3)]
    [InlineData("ab", 5, 5)]
    public void Columns_CountCharacters(string line, int column, int expected)
    {
        Assert.Equal(expected, TextColumns.InCharacters(System.Text.Encoding.UTF8.GetBytes("first\n" + line + "\nlast"), 2, column));
        Assert.Equal(expected, TextColumns.InCharacters([.. System.Text.Encoding.UTF8.GetBytes(line)], 1, column));
    }

    private static GeneratorSet Generators(Func<GeneratorRequest, GeneratedFiles> messages) => new(new FakeGenerator(messages), new FakeGenerator(_ => new GeneratedFiles()));

    private sealed class FakeGenerator(Func<GeneratorRequest, GeneratedFiles> generate) : IGenerator
    {
        public GeneratedFiles Generate(GeneratorRequest request, CancellationToken cancellationToken) => generate(request);
    }
}
