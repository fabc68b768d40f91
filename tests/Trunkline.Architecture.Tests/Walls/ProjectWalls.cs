namespace Trunkline.Architecture.Tests.Walls;

/// <summary>Which project under src may refer to which, and to which packages.</summary>
internal static class ProjectWalls
{
    public static readonly AllowedReference[] Projects =
    [
        new("Trunkline.Compiler", "Trunkline.Descriptors", "compiling means turning text into descriptors"),
        new("Trunkline.Rpc", "Trunkline.Http2", "gRPC is carried by HTTP/2"),
        new("Trunkline.Protobuf", "Trunkline.Rpc", "its marshallers implement the runtime's marshaller"),
        new("Trunkline.Build", "Trunkline.Compiler", "the MSBuild task runs the compiler"),
        new("Trunkline.Build", "Trunkline.Descriptors", "the task hands descriptors from the compiler to the generators"),
        new("Trunkline.Cli", "Trunkline.Compiler", "`trunkline protoc` runs the compiler"),
        new("Trunkline.Cli", "Trunkline.Descriptors", "`trunkline protoc` writes descriptor sets"),
        new("Trunkline.Plugin", "Trunkline.Compiler", "protoc-gen-trunkline runs the C# generators behind another compiler"),
        new("Trunkline", "Trunkline.Rpc", "the package that users name brings the runtime"),
        new("Trunkline", "Trunkline.Protobuf", "the package that users name brings the marshallers"),
        new("Trunkline", "Trunkline.Build", "the package that users name brings the <Protobuf> item"),
    ];

    public static readonly AllowedReference[] Packages =
    [
        new("Trunkline.Http2", "Microsoft.Extensions.Logging.Abstractions", "logs go where the user's ILoggerFactory says"),
        new("Trunkline.Rpc", "Microsoft.Extensions.Logging.Abstractions", "logs go where the user's ILoggerFactory says"),
        new("Trunkline.Protobuf", "Google.Protobuf", "users and libraries already exchange its messages"),
        new("Trunkline.Build", "Microsoft.Build.Utilities.Core", "the base class of an MSBuild task; the build that loads it brings it"),
        new("Trunkline.Cli", "System.CommandLine", "the outer command line of the tool"),
        new("Trunkline.Cli", "Spectre.Console", "what the tool shows a person"),
    ];
}
