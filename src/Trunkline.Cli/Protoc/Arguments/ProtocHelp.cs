using System.Reflection;

namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>What <c>--help</c>, <c>--version</c> and <c>--notices</c> print.</summary>
internal static class ProtocHelp
{
    /// <summary>The version of protoc whose command line, descriptors and plugin protocol are met here.</summary>
    public const string ProtocVersion = "35.1";

    /// <summary>The help.</summary>
    public const string Text = """
        Usage: trunkline protoc [OPTION] PROTO_FILES
        Compiles PROTO_FILES and writes what the options ask for. When a file has an
        error, nothing is written. PROTO_FILES may be patterns: *, ? and **.

        Where files are found:
          -IPATH, --proto_path=PATH   Search PATH for files and imports. May be given
                                      several times; the first hit wins. The current
                                      directory when absent. VIRTUAL=PATH lets files
                                      in PATH be imported as VIRTUAL/..., and
                                      NAME=FILE lets one file be imported as NAME.
          --descriptor_set_in=FILES   Take files that PATH does not have out of these
                                      descriptor sets, the first that has them.

        What is written:
          --csharp_out=OUT            C# messages. Options: file_extension=,
                                      base_namespace=, internal_access, serializable.
          --grpc_out=OUT              C# gRPC clients and servers for the Trunkline
                                      runtime. Options: no_client, no_server,
                                      internal_access, file_suffix=, base_namespace=.
          --python_out=OUT            Python messages for protobuf 4.21, as protoc 3.21
                                      writes them. Options: pyi_out,
                                      relative_imports, cpp_generated_lib_linked.
          --pyi_out=OUT               Stub files for them. Option: relative_imports.
          --grpc_python_out=OUT       Python clients and servers for grpcio. Options:
                                      grpc_2_0, grpc_1_0, relative_imports.
          --NAME_out=OUT              What the plugin protoc-gen-NAME makes.
          --NAME_opt=OPTIONS          Options for the generator NAME; they may also
                                      stand in front: --NAME_out=OPTIONS:OUT.
          --plugin=[NAME=]PROGRAM     Where a plugin is; on the PATH when absent.
          --plugin_timeout=SECONDS    How long a plugin may run; 600 when absent.
          --plugin_memory=MIB         How much memory it may use; 4096 when absent.
          --unsafe_allow_out_dir_escape
                                      Let generated files leave OUT by "..".
          -oFILE,                     A FileDescriptorSet with PROTO_FILES.
            --descriptor_set_out=FILE
          --include_imports           With it: imported files, too.
          --include_source_info       With it: places and comments, too.
          --retain_options            With it: options that are for the compiler
                                      alone, too.
          --dependency_out=FILE       What the outputs depend on, as make reads it.
          --edition_defaults_out=FILE The features that each edition sets.
          --edition_defaults_minimum=EDITION, --edition_defaults_maximum=EDITION
                                      The first and the last edition of them.
          --print_free_field_numbers  Nothing; print the field numbers left instead.
        OUT is a directory, which must exist, or a .zip or .jar to make.

        Messages, from standard input to standard output:
          --encode=TYPE               From text format to binary.
          --deterministic_output      With it: map entries in a stable order.
          --decode=TYPE               From binary to text format.
          --decode_raw                The same without knowing the type.

        What is said:
          --error_format=FORMAT       gcc, msvs, or human: with the source line and a
                                      hint. human on a terminal, else gcc.
          --fatal_warnings            Fail when there is a warning.
          --disallow_services         Fail when a file has a service.
          --direct_dependencies=A:B   Fail when a file imports others than these.
          --direct_dependencies_violation_msg=TEXT
                                      What to say then; %s stands for the import.
          --option_dependencies=A:B, --option_dependencies_violation_msg=TEXT
                                      The same for "import option".
          --enable_codegen_trace=ANY, --experimental_editions,
          --experimental_allow_proto3_optional
                                      Accepted, without effect.

          @FILE                       Read more arguments from FILE, one on a line.
          --version                   Print the version.
          --notices                   Print whose work this program contains.
          -h, --help                  Print this text.
        """;

    /// <summary>Whose work the program contains.</summary>
    public const string Notices = """
        trunkline is distributed under the MIT license, as are the libraries that
        it contains: the .NET runtime libraries and System.CommandLine.
        """;

    /// <summary>
    /// The version. Scripts take the second word of what protoc prints, or match <c>libprotoc N</c>, to learn what they can ask for, so that comes first.
    /// </summary>
    public static string Version =>
        $"libprotoc {ProtocVersion} (trunkline "
        + typeof(ProtocHelp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0] + ")";
}
