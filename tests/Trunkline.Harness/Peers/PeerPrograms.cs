namespace Trunkline.Harness.Peers;

/// <summary>Where the peers' programs are in this repository, and what they run on.</summary>
public static class PeerPrograms
{
    /// <summary>What a program for grpcio needs.</summary>
    public static readonly string[] GrpcioNeeds =
        [Peer.Python, "python3:grpc.aio", "python3:google.protobuf", "/usr/bin/protoc", "/usr/bin/grpc_python_plugin"];

    /// <summary>What a program for grpc-js needs.</summary>
    public static readonly string[] GrpcJsNeeds = ["node", "node:@grpc/grpc-js", "node:@grpc/proto-loader"];

    /// <summary>The folder tests/peers.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot(), "tests", "peers");

    /// <summary>A program in Python.</summary>
    public static string Python(string file) => Path.Combine(Folder, "python", file);

    /// <summary>A program for Node.</summary>
    public static string Node(string file) => Path.Combine(Folder, "node", file);

    /// <summary>Why something cannot run here, or null when it can.</summary>
    /// <param name="needs">Peers, as <see cref="Peer.IsInstalled"/> takes them.</param>
    public static string? MissingReason(IEnumerable<string> needs)
    {
        string[] missing = [.. needs.Where(static peer => !Peer.IsInstalled(peer))];
        return missing.Length == 0 ? null : $"missing: {string.Join(", ", missing)} (eng/install-peers.sh installs it)";
    }

    private static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Trunkline.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository");
    }
}
