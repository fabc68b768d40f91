using Trunkline.Harness.Peers;

namespace Trunkline.Cli.Tests;

/// <summary>Command lines, run by protoc and by us in folders of the same content: exit code, output, errors and written files must agree.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly SideBySide _folders = new();

    public CommandLineTests()
    {
        _folders.Write("src/a.proto", "syntax = \"proto3\";\npackage a;\nimport \"sub/b.proto\";\n// An A.\nmessage A { b.B b = 1; optional int32 x = 3; }\n");
        _folders.Write("src/sub/b.proto", "syntax = \"proto3\";\npackage b;\nmessage B { int32 y = 1; }\n");
        _folders.Write("src/s.proto", "syntax = \"proto3\";\nimport \"sub/b.proto\";\nservice S { rpc R(b.B) returns (b.B); }\n");
        _folders.Write("src/unused.proto", "syntax = \"proto3\";\nimport \"sub/b.proto\";\nmessage W {}\n");
        _folders.Write("src/bad.proto", "syntax = \"proto3\";\nmessage W { Foo x = 1; }\n");
        _folders.Write("src/two.proto", """
            syntax = "proto2";
            message P {
              optional int32 x = 1;
              extensions 100 to 200, 300 to max;
              reserved 5 to 10;
              oneof o { int32 z = 3; }
              map<string, int32> m = 20;
              message N { optional group G = 1 { optional int32 q = 2; } }
            }
            message Full { reserved 1 to max; }
            message Big { optional int32 x = 536870911; }
            """);
        _folders.Write("shadow/a.proto", "syntax = \"proto3\";\n");
        _folders.Write("words", "-Isrc\n--descriptor_set_out=out/set\na.proto\n");
        _folders.Write("lastWordWithoutLineEnd", "-Isrc\n-oout/set\na.proto");
        _folders.Write("wordsOfWords", "@words\n");
        _folders.Write("no set", "no set");
        _folders.MakeFolder("out");
    }

    public static TheoryData<string> Same =>
    [
        // The grammar.
        "-Isrc", "-Isrc a.proto", "-Isrc --foo", "-Isrc --foo x", "--foo=1", "-Isrc -x a.proto", "-x1", "--", "--=3", "-I", "-I -oout/x", "-I= a.proto",
        "--proto_path= a.proto", "-o", "--descriptor_set_out", "--csharp_out", "--csharp_out a.proto", "--error_format=foo", "--plugin", "-Isrc -o= a.proto",
        "-Isrc --csharp_opt=zzz a.proto", "-Isrc --zzz_opt=zzz a.proto", "--zzz_opt=zzz", "--zzz_opt", "--plugin=protoc-gen-zzz=x --zzz_opt=1 -Isrc -oout/x a.proto",
        "--plugin=a=b=c -Isrc -oout/x a.proto", "--plugin= -Isrc -oout/x a.proto", "--enable_codegen_trace", "--enable_codegen_trace=1 -Isrc -oout/x a.proto",
        "--include_imports=1 -Isrc -oout/x a.proto", "--experimental_editions --experimental_allow_proto3_optional -Isrc -oout/x a.proto",
        "@nope", "@words", "@lastWordWithoutLineEnd", "@wordsOfWords",

        // Flags that exclude each other or stand alone.
        "-Isrc -oa -ob a.proto", "-Isrc -oout/x --descriptor_set_out=b a.proto", "-Isrc --descriptor_set_out= a.proto", "--decode", "--decode=", "--encode",
        "--encode=", "--decode=a.A --encode=b.B", "--decode=a.A --decode=b.B", "--decode_raw x", "--decode_raw=4", "--decode_raw --decode=a.A", "--decode=a.A",
        "--decode=a.A -oout/x a.proto", "-oout/x --decode=a.A a.proto", "--decode=a.A --csharp_out=out a.proto", "--csharp_out=out --encode=a.A a.proto",
        "--deterministic_output -Isrc a.proto -oout/x", "--deterministic_output -Isrc --decode=a.A a.proto", "--print_free_field_numbers -Isrc a.proto -oout/x",
        "-oout/x --print_free_field_numbers -Isrc a.proto", "--print_free_field_numbers -Isrc a.proto --csharp_out=out",
        "--print_free_field_numbers --decode=a.A a.proto", "--decode=a.A --print_free_field_numbers a.proto", "--decode_raw --dependency_out=out/d",
        "--edition_defaults_out= a.proto", "--edition_defaults_out=a --edition_defaults_out=b", "--decode=a.A --edition_defaults_out=b",
        "--edition_defaults_out=b --decode=a.A", "--edition_defaults_minimum=foo", "--edition_defaults_minimum=2023 --edition_defaults_minimum=2024",
        "--edition_defaults_maximum=2023 --edition_defaults_maximum=2024", "--edition_defaults_maximum=",
        "--edition_defaults_out=out/d -Isrc a.proto", "--edition_defaults_out=out/d -Isrc bad.proto",

        // Where files are found.
        "-Isrc -oout/x a.proto", "-I=src -oout/x a.proto", "-I src -oout/x a.proto", "--proto_path=src -oout/x a.proto", "--proto_path src -o out/x a.proto",
        "-Isrc:: -oout/x a.proto", "-Ishadow:src -oout/x sub/b.proto", "-Ishadow -Isrc -oout/x a.proto", "-Isrc -Ishadow -oout/x a.proto",
        "-Inope -Isrc -oout/x a.proto", "-Inope -Isrc -oout/x --fatal_warnings a.proto", "-Isrc/ -oout/x a.proto", "-I./src/. -oout/x a.proto", "-Isrc -oout/x src/a.proto", "-Isrc -oout/x ./src/./a.proto",
        "-Isrc -oout/x src/a.proto a.proto", "-Isrc -oout/x a.proto sub/b.proto", "-Ishadow -Isrc -oout/x src/a.proto",
        "-Iv=src/sub -oout/x v/b.proto", "-Iv=src/sub -oout/x src/sub/b.proto", "-Iv/b.proto=src/sub/b.proto -oout/x v/b.proto",
        "-Iv/w=src/sub -Iv=shadow -oout/x v/w/b.proto", "-oout/x src/sub/b.proto", "-Isub/b.proto=src/sub/b.proto -Iq=src -oout/x q/a.proto",

        // Descriptor sets.
        "-Isrc -oout/x --include_imports a.proto", "-Isrc -oout/x --include_source_info a.proto", "-Isrc -oout/x --include_imports --include_source_info a.proto",
        "-Isrc -oout/x --retain_options a.proto", "-Isrc -o nope/x a.proto", "-Isrc -o src a.proto", "-Isrc -o/dev/stdout a.proto",
        "--include_imports --print_free_field_numbers -Isrc a.proto", "--include_source_info --retain_options --print_free_field_numbers -Isrc a.proto",
        "--descriptor_set_in= -oout/y a.proto", "--descriptor_set_in=x --descriptor_set_in=y", "--descriptor_set_in=x --dependency_out=y",
        "--dependency_out=y --descriptor_set_in=x",

        // Dependencies.
        "-Isrc --dependency_out=out/d a.proto", "-Isrc --dependency_out=out/d -oout/x a.proto", "-Isrc --dependency_out=out/d -oout/x a.proto sub/b.proto",
        "-Isrc --dependency_out=a --dependency_out=b", "--dependency_out=", "-Isrc --dependency_out=/dev/stdout -oout/x a.proto",
        "-Isrc --direct_dependencies= -oout/x a.proto", "-Isrc --direct_dependencies=sub/b.proto -oout/x a.proto",
        "-Isrc --direct_dependencies=x:sub/b.proto:y -oout/x a.proto", "-Isrc --direct_dependencies=x:y -oout/x a.proto s.proto",
        "--direct_dependencies=x --direct_dependencies=y", "-Isrc --direct_dependencies=x --direct_dependencies_violation_msg=no_%s_or_%s -oout/x a.proto",
        "-Isrc --direct_dependencies=x --direct_dependencies_violation_msg=no -oout/x a.proto", "-Isrc --option_dependencies=x -oout/x a.proto",
        "-Isrc --option_dependencies=x --option_dependencies=y", "-Isrc --option_dependencies= --option_dependencies_violation_msg=no -oout/x a.proto",

        // What is said.
        "-Isrc -oout/x unused.proto", "--fatal_warnings --print_free_field_numbers -Isrc unused.proto", "-Isrc --error_format=msvs -oout/x unused.proto", "-Isrc -oout/x bad.proto",
        "-Isrc -oout/x --error_format=msvs bad.proto", "-Isrc --error_format=gcc -oout/x bad.proto a.proto", "-Isrc --disallow_services -oout/x s.proto",
        "-Isrc --disallow_services -oout/x a.proto", "-Isrc --disallow_services -oout/x a.proto s.proto",
        "--print_free_field_numbers -Isrc two.proto", "--print_free_field_numbers -Isrc a.proto two.proto", "--print_free_field_numbers -Isrc bad.proto",
    ];

    /// <summary>The command lines after which our words differ, and our words.</summary>
    public static TheoryData<string, string> DifferentWords => new()
    {
        // One finding for an import that is not there, at the import, with the roots that were searched.
        { "-oout/x src/a.proto", "src/a.proto:3:8: Import \"sub/b.proto\" was not found or had errors. Import roots searched: ." },

        // An input that is not there is a file that was not found.
        { "-Isrc -oout/x nope.proto", "nope.proto: File not found. Import roots searched: src" },
        { "-Isrc -oout/x ../a.proto", "../a.proto: File not found. Import roots searched: src" },
        { "-Isrc -oout/x -", "-: File not found. Import roots searched: src" },

        // No lecture.
        { "-Isrc/sub -oout/x src/s.proto", "src/s.proto: File does not reside within any path specified using --proto_path (or -I).  You must specify a --proto_path which encompasses this file." },
    };

    public void Dispose() => _folders.Dispose();

    [ProtocTheory]
    [MemberData(nameof(Same))]
    public void Words_AreTakenAsByProtoc(string words) => _folders.AssertSame(words.Split(' '));

    [ProtocFact]
    public void FatalWarnings_LeaveNoFiles()
    {
        string[] words = ["-Isrc", "-oout/x", "--fatal_warnings", "unused.proto"];
        var (theirs, ours) = (_folders.Theirs(words), _folders.Ours(words));
        Assert.Equal((theirs.ExitCode, theirs.Errors), (ours.ExitCode, ours.Errors));
        Assert.Contains("out/x", theirs.Files.Keys);
        Assert.DoesNotContain("out/x", ours.Files.Keys);
    }

    [ProtocTheory]
    [InlineData]
    [InlineData("--edition_defaults_minimum=2023", "--edition_defaults_maximum=2023")]
    [InlineData("--edition_defaults_minimum=PROTO3", "--edition_defaults_maximum=2026")]
    [InlineData("--edition_defaults_maximum=MAX")]
    [InlineData("--edition_defaults_maximum=LEGACY", "--edition_defaults_minimum=1_TEST_ONLY")]
    [InlineData("--edition_defaults_minimum=2024", "--edition_defaults_maximum=2023")]
    public void EditionDefaults_AreThoseOfProtoc(params string[] words)
        => _folders.AssertSame(["-I" + Harness.Peers.Protoc.IncludePath, "--edition_defaults_out=out/defaults", .. words, "google/protobuf/descriptor.proto"]);

    [ProtocTheory]
    [MemberData(nameof(DifferentWords))]
    public void Words_AreTakenAsByProtocButSaidBetter(string words, string errors) => _folders.AssertSame(words.Split(' '), errors);
}
