using Google.Protobuf;
using Microsoft.CodeAnalysis.CSharp;
using Trunkline.Harness.Peers;

namespace Trunkline.Compiler.Tests.Generators;

/// <summary>What the generator's own options change, and what it leaves alone without them.</summary>
public class CSharpOptionTests
{
    private static readonly string[] Files = ["every_shape.proto", "other.proto", "lowered_explicit.proto", "lowered_implicit.proto", "clashing_names.proto"];

    // Warnings are errors here, those about null included.
    private const string User = """
        #nullable enable
        namespace User;

        internal static class Program
        {
            public static int Use(Lowered.ToProto2.Explicit message, My.Pkg.V1.Thing thing)
            {
                Lowered.ToProto2.Explicit.Types.Inner? inner = message.Plain;
                message.Plain = null;
                thing.Sv = null;
                string? wrapped = thing.Sv;
                object? nothing = null;
                string text = message.Text + message.GetExtension(Lowered.ToProto2.LoweredExplicitExtensions.More);
                return (inner?.X ?? 0) + (wrapped?.Length ?? 0) + (message.Equals(nothing) ? 1 : 0) + text.Length;
            }
        }
        """;

    [ProtocFact]
    public void Default_CompilesWithCSharp73() => Assert.NotEmpty(GeneratedCode.Compile(LanguageVersion.CSharp7_3, Sources("")).GetExportedTypes());

    [ProtocFact]
    public void Nullable_MarksWhatMayBeNull()
    {
        Assert.NotNull(GeneratedCode.Compile([.. Sources("nullable"), User]));
        var careless = User.Replace("inner?.X ?? 0", "message.Plain.X", StringComparison.Ordinal);
        var (assembly, findings) = GeneratedCode.TryCompile(LanguageVersion.Latest, [.. Sources("nullable"), careless.Replace("message.Plain = null;", "", StringComparison.Ordinal)]);
        Assert.Null(assembly);
        Assert.Equal(["CS8602"], findings.Select(finding => finding.Id));
    }

    [ProtocFact]
    public void Options_ChangeTheSyntaxAlone()
    {
        var expected = PublicApi.Of(GeneratedCode.Compile(Sources("")));
        foreach (var parameter in new[] { "nullable", "file_scoped_namespaces", "nullable,file_scoped_namespaces" })
        {
            Assert.Equal(expected, PublicApi.Of(GeneratedCode.Compile(Sources(parameter))));
        }

        Assert.All(Sources("file_scoped_namespaces"), source => Assert.Matches("(?m)^namespace [\\w.@]+;$", source));
        Assert.All(Sources("nullable"), source => Assert.Contains("\n#nullable enable\n", source, StringComparison.Ordinal));
    }

    [ProtocFact]
    public void ClashingNames_CompileAndWork()
    {
        var file = GeneratedCode.FileDescriptors(GeneratedCode.Compile(GeneratedCode.Sources(new CSharpGenerator(), "clashing_names.proto")))["clashing_names.proto"];
        Assert.Equal("Clashing.Class.File", file.MessageTypes[0].ClrType.Namespace);
        var message = JsonParser.Default.Parse("""{"fooBar":1,"hasFooBar":2,"clearFooBar":3,"fooBarFieldNumber":4,"getExtension":5,"types":"t","aCase":"a","value":6}""", file.MessageTypes[0]);
        Assert.Equal(message, file.MessageTypes[0].Parser.ParseFrom(message.ToByteArray()));
        foreach (var field in file.MessageTypes[0].Fields.InDeclarationOrder())
        {
            Assert.Equal(field.FieldNumber is 3 or 4 or 5 or 6 or 8 or 10 or 12 or 13, field.Accessor.HasValue(message));
            field.Accessor.Clear(message);
            Assert.False(field.Accessor.HasValue(message));
        }
    }

    private static string[] Sources(string parameter) => GeneratedCode.SourcesWith(new CSharpGenerator(), parameter, Files);
}
