using Trunkline.Compiler.Validation;

namespace Trunkline.Compiler.Tests;

/// <summary>What is suggested for names against the style is in style itself.</summary>
public class NamingStyleTests
{
    [Theory]
    [InlineData("fooBar", "foo_bar", "FOO_BAR", "FooBar")]
    [InlineData("FooBar", "foo_bar", "FOO_BAR", "FooBar")]
    [InlineData("_foo__bar_", "foo_bar", "FOO_BAR", "FooBar")]
    [InlineData("foo_1", "foo1", "FOO1", "Foo1")]
    [InlineData("foo_1a_b", "foo1a_b", "FOO1A_B", "Foo1aB")]
    [InlineData("a1B", "a1_b", "A1_B", "A1B")]
    [InlineData("HTTP", "http", "HTTP", "HTTP")]
    public void Name_IsPutInEachStyle(string name, string snake, string upper, string title)
        => Assert.Equal((snake, upper, title), (NamingStyle.ToSnakeCase(name), NamingStyle.ToUpperCase(name), NamingStyle.ToTitleCase(name)));

    [Fact]
    public void Finding_SuggestsTheName()
    {
        Diagnostic finding = Assert.Single(Corpus.CompileText("edition = \"2024\"; message M { int32 fooBar_1 = 1; }").Diagnostics);
        Assert.Equal("foo_bar1 would be in style", finding.Hint);
    }

    [Theory]
    [InlineData("_")]
    [InlineData("_1")]
    public void NameWithoutLetters_GetsNoSuggestion(string name)
        => Assert.Null(Assert.Single(Corpus.CompileText($"edition = \"2024\"; message M {{ int32 {name} = 1; }}").Diagnostics).Hint);

    [Fact]
    public void HiddenType_IsShownWhereItIsDeclared()
    {
        var sources = new MemorySourceProvider();
        sources.Add("a.proto", "edition = \"2024\";\nlocal message Hidden {}");
        sources.Add("x.proto", "edition = \"2024\";\nimport \"a.proto\";\nmessage M { Hidden h = 1; }");
        Diagnostic finding = Assert.Single(ProtoCompiler.Compile(new CompilerOptions { Files = ["x.proto"], Sources = sources }).Diagnostics);
        RelatedSpan declaration = Assert.Single(finding.Related);
        Assert.Equal(("a.proto", 2, 15), (declaration.Span.File, declaration.Span.Line, declaration.Span.Column));
    }
}
