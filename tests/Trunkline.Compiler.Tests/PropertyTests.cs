using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Parsing;
using Trunkline.Compiler.Sources;
using Trunkline.Compiler.Syntax;

namespace Trunkline.Compiler.Tests;

/// <summary>What holds for any input, however broken.</summary>
public class PropertyTests
{
    private static readonly string[] Pieces =
    [
        "syntax", "=", "\"proto3\"", "edition", "\"2023\"", "\"2024\"", "export", "local", "weak", "features", "field_presence", "IMPLICIT", "message_encoding", "DELIMITED", ";", "message", "A", "B", "{", "}", "string", "int32", "a", "b", "1", "2", "0x1F", "017", "1.5", "-", "[", "]", "(", ")", "<", ">", ",", ".",
        "repeated", "optional", "required", "map", "oneof", "enum", "service", "rpc", "returns", "stream", "option", "extend", "extensions", "reserved", "to", "max", "import",
        "public", "package", "default", "json_name", "deprecated", "true", "group", "'x'", "\"\\x", "// c\n", "/* c */", "/*", "\n", " ", "\t", "é", "\0", "inf", ":", "google.protobuf.Any", "99999999999",
    ];

    private static Gen<string> Soup => Gen.Elements(Pieces).ListOf().Select(pieces => string.Join(' ', pieces));

    [Fact]
    public void Tokens_LieInOrderInsideTheFile()
        => Prop.ForAll(AnyText(), text =>
        {
            SourceFile file = FileOf(text);
            Token[] tokens = Lexer.Tokenize(file, new DiagnosticBag());
            int position = 0;
            foreach (Token token in tokens)
            {
                Assert.True(token.Start >= position, "tokens overlap");
                Assert.True(token.Length > 0 || token.Kind == TokenKind.End, "a token is empty");
                position = token.End;
            }

            Assert.True(position <= file.Text.Length);
            Assert.Equal(TokenKind.End, tokens[^1].Kind);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Tokens_CutAgainFromTheirTexts_AreTheSame()
        => Prop.ForAll(AnyText(), text =>
        {
            SourceFile file = FileOf(text);
            Token[] tokens = Lexer.Tokenize(file, new DiagnosticBag());
            string[] texts = [.. tokens.Select(token => TextOf(file, token))];

            // A string that the end of its line cut off swallows what would follow it on the same line; each stands on a line of its own.
            SourceFile joined = FileOf(string.Join('\n', texts));
            Token[] again = Lexer.Tokenize(joined, new DiagnosticBag());
            Assert.Equal(texts, again.Select(token => TextOf(joined, token)));
            Assert.Equal(tokens.Select(token => token.Kind), again.Select(token => token.Kind));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parser_AnyText_YieldsATreeWhoseNodesLieInsideTheFile()
        => Prop.ForAll(AnyText(), text =>
        {
            var diagnostics = new DiagnosticBag();
            FileSyntax tree = Parser.Parse(FileOf(text), diagnostics);
            foreach (SyntaxNode statement in tree.Statements)
            {
                Assert.InRange(statement.First, 0, tree.Tokens.Length - 1);
                Assert.InRange(statement.Last, statement.First, tree.Tokens.Length - 1);
            }

            AssertInside(text, diagnostics.All);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Compiler_AnyText_EitherReportsOrYieldsDescriptors()
        => Prop.ForAll(AnyText(), text =>
        {
            CompilationResult result = Corpus.CompileText(text);
            Assert.Equal(result.Succeeded, result.Files.Count > 0);
            AssertInside(text, result.Diagnostics.Where(diagnostic => diagnostic.File == "x.proto"));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Compiler_AnyBytes_NeverThrows()
        => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            var sources = new MemorySourceProvider();
            sources.Add("x.proto", bytes);
            ProtoCompiler.Compile(new CompilerOptions { Files = ["x.proto"], Sources = sources });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Compiler_CorpusCutAnywhere_NeverThrows()
    {
        foreach (string file in Corpus.Files)
        {
            byte[] whole = File.ReadAllBytes(Path.Combine(Corpus.Folder, file));
            for (int length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 40))
            {
                var sources = new MemorySourceProvider();
                sources.Add("x.proto", whole.AsMemory(0, length));
                CompilationResult result = ProtoCompiler.Compile(new CompilerOptions { Files = ["x.proto"], Sources = sources });
                Assert.Equal(result.Succeeded, result.Files.Count > 0);
            }
        }
    }

    private static Arbitrary<string> AnyText()
        => Gen.OneOf(Soup, Soup.Select(soup => "syntax = \"proto3\";\n" + soup), Soup.Select(soup => "edition = \"2024\";\n" + soup), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get)).ToArbitrary();

    private static SourceFile FileOf(string text) => new("x.proto", null, Encoding.UTF8.GetBytes(text));

    private static string TextOf(SourceFile file, Token token) => Encoding.UTF8.GetString(file.Text.Span.Slice(token.Start, token.Length));

    private static void AssertInside(string text, IEnumerable<Diagnostic> diagnostics)
    {
        int lines = text.Count(character => character == '\n') + 1;
        foreach (Diagnostic diagnostic in diagnostics)
        {
            Assert.InRange(diagnostic.Line, 1, lines);
            Assert.InRange(diagnostic.Span.EndLine, diagnostic.Line, lines);
            Assert.True(diagnostic.Column >= 1);
        }
    }
}
