namespace Trunkline.Agreement.Plugins;

/// <summary>A plugin of other makers as it is run here.</summary>
/// <param name="Name">What the flag says: NAME of <c>--NAME_out</c>.</param>
/// <param name="Program">Where the program is.</param>
/// <param name="Parameter">Its options.</param>
internal sealed record PluginPeer(string Name, string Program, string Parameter = "")
{
    /// <summary>The plugins that eng/install-peers.sh brings, some with options that change much.</summary>
    public static IReadOnlyList<PluginPeer> All(string repository)
    {
        string modules = Path.Combine(repository, "tests", "peers", "node_modules", ".bin");
        return
        [
            new("es", Path.Combine(modules, "protoc-gen-es")),
            new("ts_proto", Path.Combine(modules, "protoc-gen-ts_proto"), "outputServices=grpc-js,outputServices=generic-definitions,useOptionals=all,unknownFields=true"),
            new("grpc", "/usr/bin/grpc_cpp_plugin", "generate_mock_code=true"),
            new("grpc", "/usr/bin/grpc_python_plugin"),
            new("grpc", "/usr/bin/grpc_php_plugin"),
            new("grpc", "/usr/bin/grpc_ruby_plugin"),
            new("grpc", Harness.Peers.Protoc.CSharpPlugin, "internal_access"),
        ];
    }
}
