using FsCheck;
using FsCheck.Fluent;
using Trunkline.Compiler.Diagnostics;

namespace Trunkline.Compiler.Tests;

public class DiagnosticRendererTests
{
    [Fact]
    public void NumberTaken_ShowsBothFieldsAndAFreeNumber()
        => AssertRendered(
            "syntax = \"proto3\";\nmessage A {\n  string name = 1;\n  int32 age = 2;\n\n\n\n\n\n  bool is_on = 1;\n}\n",
            """
            x.proto:10:16: error TL1404: Field number 1 has already been used in "A" by field "name". Next available field number is 3.
            10 |   bool is_on = 1;
               |                ^
              --> x.proto:3:17: field "name" has it
             3 |   string name = 1;
               |                 -
               = hint: the number 3 is free

            """);

    [Fact]
    public void NameUnknown_NamesTheOneThatWasMeant()
        => AssertRendered(
            "syntax = \"proto3\";\npackage shop;\nmessage Customer { Adress home = 1; }\nmessage Address {}\n",
            """
            x.proto:3:20: error TL1216: "Adress" is not defined.
            3 | message Customer { Adress home = 1; }
              |                    ^^^^^^
              = hint: did you mean "Address"?

            """);

    [Fact]
    public void NameOfACarriedFile_NamesTheImport()
        => AssertRendered(
            "syntax = \"proto3\";\nmessage A { google.protobuf.Timestamp at = 1; }\n",
            """
            x.proto:2:13: error TL1216: "google.protobuf.Timestamp" is not defined.
            2 | message A { google.protobuf.Timestamp at = 1; }
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^
              = hint: add: import "google/protobuf/timestamp.proto";

            """);

    [Fact]
    public void Tabs_AndLettersOfSeveralBytes_KeepTheUnderlineBelowTheName()
        => AssertRendered(
            "syntax = \"proto3\";\nmessage A {\n\t/* grüße */\tNo x = 1;\n}\n",
            """
            x.proto:3:25: error TL1216: "No" is not defined.
            3 |         /* grüße */   No x = 1;
              |                       ^^

            """);

    [Fact]
    public void ControlCharacters_DoNotReachTheTerminal()
    {
        string text = Render("syntax = \"proto3\";\nmessage A { /* \e[2J\u202e */ No x = 1; }\n");
        Assert.DoesNotContain('\e', text);
        Assert.DoesNotContain('\u202e', text);
    }

    [Fact]
    public void ControlCharactersInAName_DoNotReachTheTerminal()
    {
        string text = Render("syntax = \"proto3\";\nimport \"\\x1b[2J\";\n");
        Assert.DoesNotContain('\e', text);
        Assert.Contains("\uFFFD[2J", text, StringComparison.Ordinal);
    }

    [Fact]
    public void LineOfMegabytes_IsCutAroundThePlace()
    {
        string text = Render($"syntax = \"proto3\"; /*{new string('x', 3_000_000)}*/ message A {{ No x = 1; }} /*{new string('y', 3_000_000)}*/");
        Assert.InRange(text.Length, 100, 1000);
        Assert.Contains("No x = 1;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Color_WrapsSeverityUnderlineAndHint()
    {
        CompilationResult result = Corpus.CompileText("syntax = \"proto3\";\nmessage A { B b = 1; }\nmessage Bb {}\n");
        using var output = new StringWriter();
        new DiagnosticRenderer(result) { UseColor = true }.Write(Assert.Single(result.Diagnostics), output);
        Assert.Contains("\e[1;31merror TL1216\e[0m", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\e[1;31m^\e[0m", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\e[1;32mhint\e[0m", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void FindingWithoutAPlace_IsOneLine()
    {
        CompilationResult result = ProtoCompiler.Compile(new CompilerOptions { Files = ["absent.proto"], Sources = new MemorySourceProvider() });
        Assert.Equal("absent.proto: error TL1201: File not found. Import roots searched: .\n", Render(result));
    }

    [Fact]
    public void AnySpanInAnyText_HasAnExcerptThatFits()
        => Prop.ForAll(
            ArbMap.Default.ArbFor<NonNull<byte[]>>(),
            ArbMap.Default.ArbFor<PositiveInt>(),
            ArbMap.Default.ArbFor<PositiveInt>(),
            (bytes, line, column) =>
            {
                var span = new SourceSpan("x.proto", line.Get, column.Get, line.Get, column.Get + 3);
                if (SourceExcerpt.TryCut(bytes.Get, span, out SourceExcerpt excerpt))
                {
                    Assert.InRange(excerpt.Start, 0, excerpt.Text.Length);
                    Assert.True(excerpt.Length >= 1);
                    Assert.DoesNotContain(excerpt.Text, char.IsControl);
                }
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("Adress", "Address", 1)]
    [InlineData("form", "from", 1)]
    [InlineData("abc", "ABC", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_CountsEdits(string left, string right, int expected) => Assert.Equal(expected, Spelling.Distance(left, right, bound: 10));

    [Fact]
    public void Nearest_IsNull_WhenNothingIsNear() => Assert.Null(Spelling.Nearest("Customer", ["Order", "Invoice", "Customs_declaration"]));

    private static void AssertRendered(string source, string expected) => Assert.Equal(expected.ReplaceLineEndings("\n"), Render(source));

    private static string Render(string source) => Render(Corpus.CompileText(source));

    private static string Render(CompilationResult result)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var renderer = new DiagnosticRenderer(result);
        foreach (Diagnostic diagnostic in result.Diagnostics)
        {
            renderer.Write(diagnostic, output);
        }

        return output.ToString();
    }
}
