namespace Trunkline.Agreement.Trees;

/// <summary>The trees that this machine has. Where they come from: eng/install-peers.sh.</summary>
internal static class SourceTrees
{
    public static IReadOnlyList<SourceTree> Find(string repository)
    {
        string modules = Path.Combine(repository, "tests", "peers", "node_modules");
        string xds = Path.Combine(modules, "@grpc", "grpc-js-xds", "deps");
        string[] xdsParts = [Path.Combine(xds, "envoy-api"), Path.Combine(xds, "googleapis"), Path.Combine(xds, "protoc-gen-validate"), Path.Combine(xds, "xds")];
        SourceTree?[] trees =
        [
            SourceTree.Below("google-proto-files", Path.Combine(modules, "google-proto-files")),
            SourceTree.Below("google-gax", Path.Combine(modules, "google-gax", "build", "protos")),
            SourceTree.Below("envoy-api", xdsParts[0], xdsParts),
            SourceTree.Below("xds", xdsParts[3], xdsParts),
            SourceTree.Below("protoc-gen-validate", xdsParts[2], xdsParts),
            SourceTree.Below("steam-user", Path.Combine(modules, "steam-user", "protobufs")),
            SourceTree.Below("castv2", Path.Combine(modules, "castv2", "lib")),
            SourceTree.Below("protobufjs", Path.Combine(modules, "protobufjs")),
            SourceTree.Below("grpc-js", Path.Combine(modules, "@grpc", "grpc-js", "proto"), Path.Combine(modules, "@grpc", "grpc-js", "proto", "xds"), Path.Combine(modules, "@grpc", "grpc-js", "proto", "protoc-gen-validate")),
            SourceTree.Below("grpc-proto", "/usr/share/grpc-proto"),
            SourceTree.Below("protoc's include", Harness.Peers.Protoc.IncludePath),
            SourceTree.Below("our corpus", Path.Combine(repository, "tests", "Trunkline.Compiler.Tests", "Corpus")),
        ];
        return [.. trees.OfType<SourceTree>()];
    }
}
