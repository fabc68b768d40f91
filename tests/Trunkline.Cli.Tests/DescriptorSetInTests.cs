using Trunkline.Compiler;
using Trunkline.Descriptors;
using Trunkline.Harness.Peers;

namespace Trunkline.Cli.Tests;

/// <summary>Files out of descriptor sets: what comes out of them again, and what is said of sets that are wrong, beside protoc.</summary>
public sealed class DescriptorSetInTests : IDisposable
{
    private readonly SideBySide _folders = new();

    public DescriptorSetInTests()
    {
        _folders.Write("src/a.proto", "syntax = \"proto3\";\npackage a;\nimport \"sub/b.proto\";\n// An A.\nmessage A { b.B b = 1; optional int32 x = 3; }\nservice S { rpc R(A) returns (A); }\n");
        _folders.Write("src/sub/b.proto", "syntax = \"proto3\";\npackage b;\nmessage B { int32 y = 1; }\n");
        _folders.Write("src/unused.proto", "syntax = \"proto3\";\nimport \"sub/b.proto\";\n");
        _folders.Write("only/x.proto", "syntax = \"proto3\";\nimport \"sub/b.proto\";\nmessage X { b.B b = 1; }\n");
        _folders.MakeFolder("out");
        _folders.AssertSame(["-Isrc", "-oall.set", "--include_imports", "--include_source_info", "a.proto", "unused.proto"]);
        _folders.AssertSame(["-Isrc", "-oa.set", "a.proto"]);
        _folders.AssertSame(["-Isrc", "-ob.set", "sub/b.proto"]);
    }

    public static TheoryData<string> Same =>
    [
        "--descriptor_set_in=all.set -oout/x a.proto", "--descriptor_set_in=all.set -oout/x --include_imports --include_source_info a.proto",
        "--descriptor_set_in=all.set -oout/x --include_source_info sub/b.proto a.proto", "--descriptor_set_in=all.set -oout/x a.proto sub/b.proto",
        "--descriptor_set_in=all.set -oout/x", "--descriptor_set_in=all.set a.proto", "--descriptor_set_in=nope -oout/x a.proto",
        "--descriptor_set_in=a.set:b.set -oout/x --include_imports a.proto", "--descriptor_set_in=b.set:a.set -oout/x --include_imports a.proto",
        "--descriptor_set_in=all.set:nope -oout/x a.proto", "--descriptor_set_in=b.set -Ionly -oout/x x.proto",
        "--descriptor_set_in=b.set -Ionly -oout/x --include_imports only/x.proto", "--descriptor_set_in=b.set:a.set -Ionly -oout/x a.proto x.proto",
        "--descriptor_set_in=a.set -Isrc -oout/x a.proto", "--descriptor_set_in=a.set -Isrc -oout/x --include_imports src/a.proto",
        "--descriptor_set_in=all.set -Inope -oout/x a.proto", "--descriptor_set_in=all.set -oout/x --fatal_warnings unused.proto",
        "--descriptor_set_in=all.set --print_free_field_numbers a.proto sub/b.proto", "--descriptor_set_in=all.set --disallow_services -oout/x a.proto",
        "--descriptor_set_in=all.set --direct_dependencies= -oout/x a.proto", "--descriptor_set_in=all.set -oout/x --retain_options a.proto",
    ];

    public static TheoryData<string, string> DifferentWords => new()
    {
        { "--descriptor_set_in=all.set -oout/x b.proto", "b.proto: File not found. Import roots searched: the descriptor sets" },
        { "--descriptor_set_in=all.set -oout/x src/a.proto", "src/a.proto: File not found. Import roots searched: the descriptor sets" },
        { "--descriptor_set_in=b.set -Ionly -oout/x y.proto", "y.proto: File not found. Import roots searched: only, the descriptor sets" },

        // One finding for an import that is not there.
        { "--descriptor_set_in=a.set -oout/x a.proto", "a.proto: Import \"sub/b.proto\" was not found or had errors. Import roots searched: the descriptor sets" },

        // Where it cannot be parsed.
        { "--descriptor_set_in=src/a.proto -oout/x a.proto", "src/a.proto: Unable to parse. Broken bytes at offset 13, field 13: the wire type is not one that can stand here." },
    };

    public void Dispose() => _folders.Dispose();

    [ProtocTheory]
    [MemberData(nameof(Same))]
    public void Words_AreTakenAsByProtoc(string words) => _folders.AssertSame(words.Split(' '));

    [ProtocTheory]
    [MemberData(nameof(DifferentWords))]
    public void Words_AreTakenAsByProtocButSaidBetter(string words, string errors) => _folders.AssertSame(words.Split(' '), errors);

    /// <summary>The corpus of the compiler's tests covers the language; each file goes through a set and comes out as protoc brings it out.</summary>
    [ProtocFact]
    public void Corpus_ComesOutOfSetsAsFromProtoc()
    {
        var corpus = Path.Combine(RepositoryRoot(), "tests", "Trunkline.Compiler.Tests", "Corpus");
        List<string> different = [];
        foreach (var path in Directory.EnumerateFiles(corpus, "*.proto", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var file = Path.GetRelativePath(corpus, path);
            string[] make = ["-I" + corpus, "-I" + Harness.Peers.Protoc.IncludePath, "--include_imports", "--include_source_info", "-oin.set", file];
            string[] read = ["--descriptor_set_in=in.set", "--include_imports", "--include_source_info", "-oout.set", file];
            var set = _folders.Theirs(make).Files["in.set"];
            _folders.Write("in.set", set);
            var (theirs, ours) = (_folders.Theirs(read), _folders.Ours(read));

            // A few do not come out at all: what says that their style or visibility is another one is for the compiler alone, so it is not in the set.
            if (theirs.ExitCode != ours.ExitCode || !theirs.Files.GetValueOrDefault("out.set").AsSpan().SequenceEqual(ours.Files.GetValueOrDefault("out.set")))
            {
                different.Add($"{file}: {ours.Errors}");
            }
        }

        Assert.Empty(different);
    }

    /// <summary>Of these protoc says something else first: lines of its log, or what its other words for the same fault are.</summary>
    private static string[] OtherWords => ["a name of two words", "a default that does not fit"];

    /// <summary>Sets of the corpus with a few bytes changed: whatever they say now, the outcome is files or findings, never an exception.</summary>
    [ProtocFact]
    public void DamagedSets_AreReadOrRefused()
    {
        var corpus = Path.Combine(RepositoryRoot(), "tests", "Trunkline.Compiler.Tests", "Corpus");
        var random = new Random(20260101);
        var refused = 0;
        foreach (var path in Directory.EnumerateFiles(corpus, "*.proto").Order(StringComparer.Ordinal))
        {
            var file = Path.GetFileName(path);
            var set = _folders.Theirs("-I" + corpus, "-I" + Harness.Peers.Protoc.IncludePath, "--include_imports", "-oin.set", file).Files["in.set"];
            for (var round = 0; round < 40; round++)
            {
                if (TryRead(Damage(set, random)) is not { } damaged)
                {
                    refused++;
                    continue;
                }

                var options = new CompilerOptions { DescriptorSets = [damaged], Files = [.. damaged.Files.Select(member => member.Name ?? "")], RetainOptions = true };
                var result = ProtoCompiler.Compile(options);
                Assert.Equal(result.Succeeded, result.Files.Count > 0 || result.RequestedFiles.Count == 0);
                refused += result.Succeeded ? 0 : 1;
            }
        }

        Assert.True(refused > 100, $"only {refused} were refused: the damage does too little");
    }

    private static byte[] Damage(byte[] set, Random random)
    {
        var damaged = set.ToArray();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            // Small steps hit field numbers, types and lengths; letters hit names.
            damaged[random.Next(damaged.Length)] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => (byte)random.Next(24), _ => (byte)random.Next('A', 'z') };
        }

        return damaged;
    }

    private static FileDescriptorSet? TryRead(byte[] bytes)
    {
        try
        {
            return FileDescriptorSet.Read(bytes);
        }
        catch (DescriptorFormatException)
        {
            return null;
        }
    }

    public static TheoryData<string> BrokenNames => [.. Broken.Keys];

    /// <summary>Descriptors that no source could make.</summary>
    private static Dictionary<string, FileDescriptorProto> Broken => new(StringComparer.Ordinal)
    {
        ["no names"] = new() { Name = "f", MessageTypes = { new() } },
        ["a name of two words"] = new() { Name = "f", MessageTypes = { new() { Name = "a b" } } },
        ["a package that is none"] = new() { Name = "f", Package = "a..b" },
        ["a syntax that is none"] = new() { Name = "f", Syntax = "proto4" },
        ["an index out of range"] = new() { Name = "f", PublicDependencies = { 1 } },
        ["a negative index"] = new() { Name = "f", WeakDependencies = { -1 } },
        ["a field without a type"] = WithField(new() { Name = "x", Number = 1, Label = FieldLabel.Optional }),
        ["a message field without a type"] = WithField(new() { Name = "x", Number = 1, Label = FieldLabel.Optional, Type = FieldType.Message }),
        ["a number with the name of a type"] = WithField(new() { Name = "x", Number = 1, Label = FieldLabel.Optional, Type = FieldType.Int32, TypeName = ".M" }),
        ["a field without a number"] = WithField(new() { Name = "x", Label = FieldLabel.Optional, Type = FieldType.Int32 }),
        ["a field that extends"] = WithField(new() { Name = "x", Number = 1, Label = FieldLabel.Optional, Type = FieldType.Int32, Extendee = ".M" }),
        ["an extension of nothing"] = new() { Name = "f", Extensions = { new FieldDescriptorProto() { Name = "x", Number = 1, Label = FieldLabel.Optional, Type = FieldType.Int32 } } },
        ["a oneof out of range"] = WithField(new() { Name = "x", Number = 1, Label = FieldLabel.Optional, Type = FieldType.Int32, OneofIndex = 3 }),
        ["a type that is not there"] = WithField(new() { Name = "x", Number = 1, Label = FieldLabel.Optional, TypeName = "Nope" }),
        ["an enum field of a message type"] = WithField(new() { Name = "x", Number = 1, Label = FieldLabel.Optional, Type = FieldType.Enum, TypeName = ".M" }),
        ["a map by hand"] = new() { Name = "f", MessageTypes = { new() { Name = "M", Options = new() { MapEntry = true } } } },
        ["an empty oneof"] = new() { Name = "f", MessageTypes = { new() { Name = "M", OneofDecls = { new() { Name = "o" } } } } },
        ["an enum without values"] = new() { Name = "f", EnumTypes = { new() { Name = "E" } } },
        ["a default that does not fit"] = WithField(new() { Name = "x", Number = 1, Label = FieldLabel.Optional, Type = FieldType.Int32, DefaultValue = "many" }),
        ["an import of itself"] = new() { Name = "f", Dependencies = { "f" } },
        ["a method without types"] = new() { Name = "f", Services = { new() { Name = "S", Methods = { new() { Name = "M" } } } } },
        ["a range backwards"] = new() { Name = "f", MessageTypes = { new() { Name = "M", ExtensionRanges = { new() { Start = 9, End = 3 } } } } },
        ["empty options"] = new() { Name = "f", Options = new(), MessageTypes = { new() { Name = "M", Options = new() } } },
        ["a relative name of a type"] = WithField(new() { Name = "x", Number = 1, Label = FieldLabel.Optional, TypeName = "M" }),
    };

    [ProtocTheory]
    [MemberData(nameof(BrokenNames))]
    public void BrokenDescriptor_IsJudgedAsByProtoc(string name)
    {
        _folders.Write("in.set", new FileDescriptorSet { Files = { Broken[name] } }.ToByteArray());
        string[] words = ["--descriptor_set_in=in.set", "-oout/x", "f"];
        var (theirs, ours) = (_folders.Theirs(words), _folders.Ours(words));
        Assert.Equal(theirs.ExitCode, ours.ExitCode);
        if (!OtherWords.Contains(name, StringComparer.Ordinal))
        {
            Assert.Equal(theirs.Errors.Split('\n')[0], ours.Errors.Split('\n')[0]);
        }

        Assert.Equal(theirs.Files.GetValueOrDefault("out/x"), ours.Files.GetValueOrDefault("out/x"));
    }

    [Fact]
    public void OptionsNotInterpreted_AreRefused()
    {
        var option = new UninterpretedOption { IdentifierValue = "true" };
        var file = new FileDescriptorProto { Name = "f", MessageTypes = { new() { Name = "M", Options = new() { UninterpretedOptions = { option } } } } };
        _folders.Write("in.set", new FileDescriptorSet { Files = { file } }.ToByteArray());
        var outcome = _folders.Ours("--descriptor_set_in=in.set", "-oout/x", "f");
        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith("f: The options of \"M\" are not interpreted.", outcome.Errors, StringComparison.Ordinal);
    }

    private static FileDescriptorProto WithField(FieldDescriptorProto field)
        => new() { Name = "f", MessageTypes = { new DescriptorProto { Name = "M", Fields = { field } } } };

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Trunkline.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
