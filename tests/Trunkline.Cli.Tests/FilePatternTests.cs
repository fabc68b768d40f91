namespace Trunkline.Cli.Tests;

/// <summary>Patterns in place of files, where no shell has expanded them.</summary>
public sealed class FilePatternTests : IDisposable
{
    private readonly SideBySide _folders = new();

    public FilePatternTests()
    {
        foreach (var name in new[] { "a.proto", "b.proto", "a.txt", "sub/c.proto", "sub/deep/d.proto", "sub/deep/e1.proto", ".hidden/f.proto", "other/deep/g.proto" })
        {
            _folders.Write(name, "syntax = \"proto3\";\n");
        }

        _folders.MakeFolder("dir.proto");
    }

    public static TheoryData<string, string> Patterns => new()
    {
        { "*.proto", "a.proto b.proto" },
        { "?.proto", "a.proto b.proto" },
        { "./*.proto", "a.proto b.proto" },
        { "sub/*.proto", "sub/c.proto" },
        { "*/*.proto", "sub/c.proto" },
        { "**/*.proto", "a.proto b.proto other/deep/g.proto sub/c.proto sub/deep/d.proto sub/deep/e1.proto" },
        { "**/**/?.proto", "a.proto b.proto other/deep/g.proto sub/c.proto sub/deep/d.proto" },
        { "sub/**", "sub/c.proto sub/deep/d.proto sub/deep/e1.proto" },
        { "**/deep/*.proto", "other/deep/g.proto sub/deep/d.proto sub/deep/e1.proto" },
        { "*/deep/[de]*.proto", "" },
        { "s*b/d?ep/*1.proto", "sub/deep/e1.proto" },
        { "**/c.proto", "sub/c.proto" },
        { "nope/*.proto", "" },
    };

    public void Dispose() => _folders.Dispose();

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Pattern_StandsForTheFilesThatMatch(string pattern, string files)
    {
        var byPattern = _folders.Ours("-I.", "-oset", pattern);
        if (files.Length == 0)
        {
            Assert.Equal((1, $"{pattern}: No file matches this pattern.\n"), (byPattern.ExitCode, byPattern.Errors));
            return;
        }

        var byNames = _folders.Ours(["-I.", "-oset", .. files.Split(' ')]);
        Assert.Equal((0, ""), (byPattern.ExitCode, byPattern.Errors));
        Assert.Equal(byNames.Files["set"], byPattern.Files["set"]);
    }

    [Fact]
    public void FileOfThatVeryName_GoesFirst()
    {
        if (OperatingSystem.IsWindows())
        {
            // No file has such a name there.
            return;
        }

        _folders.Write("?.proto", "syntax = \"proto3\";\n");
        var outcome = _folders.Ours("-I.", "-oset", "?.proto");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Single(Descriptors.FileDescriptorSet.Read(outcome.Files["set"]).Files, file => file.Name == "?.proto");
    }

    [Fact]
    public void Dependencies_AreEscapedForMake()
    {
        _folders.Write("a b#$.proto", "syntax = \"proto3\";\n");
        var outcome = _folders.Ours("-I.", "-oset of it", "--dependency_out=deps", "a b#$.proto");
        Assert.Equal("set\\ of\\ it: a\\ b\\#$$.proto", System.Text.Encoding.UTF8.GetString(outcome.Files["deps"]));
    }
}
