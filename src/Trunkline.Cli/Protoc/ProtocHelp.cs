using System.Reflection;

namespace Trunkline.Cli.Protoc;

/// <summary>What <c>--help</c> and <c>--version</c> print.</summary>
internal static class ProtocHelp
{
    /// <summary>The help.</summary>
    public const string Text = """
        Usage: trunkline protoc [OPTION] PROTO_FILES
        Compiles PROTO_FILES and writes what the options ask for. When a file has an error, nothing is written.

          -IPATH, --proto_path=PATH   Search PATH for files and imports. May be given
                                      several times; the first hit wins. The current
                                      directory when absent. VIRTUAL=PATH lets files
                                      in PATH be imported as VIRTUAL/...
          --csharp_out=OUT_DIR        Write C# messages.
          --csharp_opt=OPTIONS        file_extension=, base_namespace=,
                                      internal_access, serializable.
          --grpc_out=OUT_DIR          Write C# gRPC clients and servers for the
                                      Trunkline runtime.
          --grpc_opt=OPTIONS          no_client, no_server, internal_access,
                                      file_suffix=, base_namespace=.
          -oFILE,                     Write a FileDescriptorSet with the files named
            --descriptor_set_out=FILE on the command line.
          --include_imports           Put imported files into the set, too.
          --include_source_info       Put places and comments into the set, too.
          --error_format=FORMAT       gcc (default) or msvs.
          --fatal_warnings            Fail when there is a warning.
          @FILE                       Read more arguments from FILE, one on a line.
          --version                   Print the version.
          -h, --help                  Print this text.

        OUT_DIR must exist. Options may also stand in front of it: --csharp_out=OPTIONS:OUT_DIR.
        """;

    /// <summary>The version.</summary>
    public static string Version =>
        "trunkline " + typeof(ProtocHelp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
