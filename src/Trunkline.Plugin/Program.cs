using System.Reflection;
using Trunkline.Compiler;
using Trunkline.Plugin;

const string Usage = """
    protoc-gen-trunkline makes C# code of .proto files for Trunkline: messages, gRPC clients and servers. A compiler starts it, not a person:

      protoc --trunkline_out=[OPTIONS:]DIRECTORY FILES     with protoc-gen-trunkline on the PATH, or --plugin=protoc-gen-trunkline=PATH
      buf generate                                         with `local: protoc-gen-trunkline` among the plugins of buf.gen.yaml

    Options, with commas between:
      messages_only, services_only      one of the two kinds of files; both otherwise
      all options of `trunkline protoc --csharp_opt` and `--grpc_opt`, which `trunkline protoc --help` lists
    """;

switch (args)
{
    case []:
        return GeneratorProgram.Run(new CSharpPlugin());
    case ["--version"]:
        Console.WriteLine(typeof(CSharpPlugin).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]);
        return 0;
    case ["-h" or "--help"]:
        Console.WriteLine(Usage);
        return 0;
    default:
        Console.Error.WriteLine($"protoc-gen-trunkline: takes no arguments but --help and --version; options come with the request. Got: {string.Join(' ', args)}");
        return 1;
}
